import type { ComponentChildren } from 'preact';
import { Mark } from './symbols.tsx';

type NoticeProps = {
  /** What happened. */
  readonly title: string;
  /** What to do about it. */
  readonly children?: ComponentChildren;
  /** The button that does it. */
  readonly action?: ComponentChildren;
};

/** Something that the user should know, said at once by a screen reader. */
export function Notice({ title, children, action }: NoticeProps) {
  return (
    <div class="notice" role="alert">
      <Mark />
      <div>
        <p class="notice-title">{title}</p>
        {children && <p>{children}</p>}
        {action && <div class="buttons">{action}</div>}
      </div>
    </div>
  );
}
