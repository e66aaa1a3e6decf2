import type { ComponentChildren } from 'preact';
import { Mark } from './symbols.tsx';

type NoticeProps = {
  /** What happened. */
  readonly title: string;
  /** What to do about it. */
  readonly children?: ComponentChildren;
  /** The button that does it. */
  readonly action?: ComponentChildren;
  /** `quiet` can wait: a screen reader comes to it in its turn. What is grave, it says at once. */
  readonly look?: 'grave' | 'quiet';
};

/** Something that the user should know. */
export function Notice({ title, children, action, look = 'grave' }: NoticeProps) {
  return (
    <div class={`notice ${look}`} role={look === 'quiet' ? 'note' : 'alert'}>
      <Mark />
      <div>
        <p class="notice-title">{title}</p>
        {children && <p>{children}</p>}
        {action && <div class="buttons">{action}</div>}
      </div>
    </div>
  );
}
