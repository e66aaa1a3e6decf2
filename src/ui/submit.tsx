import type { ComponentChildren } from 'preact';

type SubmitProps = {
  readonly children: ComponentChildren;
  /** While an answer is awaited. The form ignores it then; disabled, it would lose the focus. */
  readonly busy: boolean;
  readonly look?: 'main' | 'plain';
  /** What it does, in the words of the commands: a hook for tests. */
  readonly does: string;
};

/** The button that sends a form. */
export function Submit({ children, busy, look = 'plain', does }: SubmitProps) {
  return (
    <button type="submit" class={`button ${look}`} aria-disabled={busy} data-does={does}>
      {children}
    </button>
  );
}
