/** The dialogs in which Chromium asks the user: answered with the keyboard, as nothing else reaches them. */
import type { Screen } from '../display.ts';
import { until } from '../until.ts';
import { type Devtools, evaluate, type Session, type Target } from './devtools.ts';

/**
 * A dialog drops the keys of its first half second, and of another half after each key that it dropped:
 * ui/views/input_event_activation_protector.h. So a dropped one is repeated in peace.
 */
const patience = { every: 800 };

/** Answers the prompt that an extension's page has called up with `permissions.request`. */
export async function answerPrompt(
  devtools: Devtools,
  screen: Screen,
  pid: number,
  answer: 'allow' | 'deny',
): Promise<void> {
  await screen.focus(pid);
  // No protocol shows the prompt. It takes the focus from the page that asked, and gives it back.
  await until('a prompt to take the focus from the pages', async () => !(await hasFocus(devtools)));
  await until(
    'the prompt to be answered',
    async () => {
      if (await hasFocus(devtools)) return true;
      // Deny is chosen at first, Allow is next to it. The two keys are taken or dropped together.
      await screen.press(answer === 'allow' ? 'Tab Return' : 'Escape');
      return false;
    },
    patience,
  );
}

/** Asks what makes Chromium open a dialog whose default is to agree, and agrees. */
export async function agree<T>(
  devtools: Devtools,
  screen: Screen,
  pid: number,
  ask: () => Promise<T>,
): Promise<T> {
  await screen.focus(pid);
  await until('a page with the focus, for the dialog to take', async () => {
    if (await hasFocus(devtools)) return true;
    const pages = await pagesOf(devtools);
    await Promise.all(pages.map(page => devtools.attached(page, focusIfVisible)));
    return false;
  });
  let answered = false;
  const answer = ask().finally(() => {
    answered = true;
  });
  await until('a dialog to take the focus from the page', async () => !(await hasFocus(devtools)));
  await until(
    'the dialog to be answered',
    async () => {
      if (!answered) await screen.press('Return');
      return answered;
    },
    patience,
  );
  return answer;
}

async function hasFocus(devtools: Devtools): Promise<boolean> {
  const each = (await pagesOf(devtools)).map(page =>
    devtools.attached(page, session => evaluate<boolean>(session, 'document.hasFocus()')).catch(() => false),
  );
  return (await Promise.all(each)).includes(true);
}

async function pagesOf(devtools: Devtools): Promise<readonly Target[]> {
  return (await devtools.targets()).filter(({ type }) => type === 'page');
}

async function focusIfVisible(session: Session): Promise<void> {
  const visible = await evaluate<boolean>(session, `document.visibilityState === 'visible'`);
  if (visible) await session.send('Page.bringToFront');
}
