import type { ComponentChildren, Ref } from 'preact';

type ButtonProps = {
  readonly children: ComponentChildren;
  readonly onPress: () => void;
  /** `main` is what the page is about, at most one in a group; `grave` can't be taken back; `quiet` stands aside. */
  readonly look?: 'main' | 'plain' | 'quiet' | 'grave';
  /** For a button that stays pressed. */
  readonly pressed?: boolean;
  readonly elementRef?: Ref<HTMLButtonElement>;
  /** What it does, in the words of the commands: a hook for tests. */
  readonly does?: string;
};

export function Button({ children, onPress, look = 'plain', pressed, elementRef, does }: ButtonProps) {
  return (
    <button
      type="button"
      class={`button ${look}`}
      aria-pressed={pressed}
      data-does={does}
      ref={elementRef ?? null}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
