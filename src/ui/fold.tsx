import type { ComponentChildren } from 'preact';

type FoldProps = {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Of those that share a name, one is open at a time. */
  readonly name?: string;
  /** What unfolding shows: a hook for tests. */
  readonly does: string;
  /** `aside`: in smaller letters, for what few people need. */
  readonly look?: 'plain' | 'aside';
};

/** Something that is folded away until it is wanted. */
export function Fold({ title, children, name, does, look = 'plain' }: FoldProps) {
  return (
    <details class={`fold ${look}`} name={name}>
      <summary data-does={does}>{title}</summary>
      {children}
    </details>
  );
}
