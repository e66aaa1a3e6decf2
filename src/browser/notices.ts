import browser, { type Notifications } from 'webextension-polyfill';
import { isFirefox } from './vendor.ts';
import { type MessageKey, say } from './words.ts';

/** A notice outside the pages. Others may look over the user's shoulder: a host, a person's name, nothing else. */
export type NoticeText = {
  readonly title: readonly [MessageKey, ...string[]];
  readonly message: MessageKey;
  readonly person: string;
  readonly button: MessageKey;
};

/** Undefined while the user has not permitted notices; it appears in a running worker as soon as that is done. */
function api(): Notifications.Static | undefined {
  return browser.notifications;
}

/** Shows a notice; one with the same id takes the place of the former. Does nothing without the permission. */
export async function showNotice(id: string, { title, message, person, button }: NoticeText): Promise<void> {
  const [key, ...names] = title;
  await api()?.create(id, {
    type: 'basic',
    iconUrl: browser.runtime.getURL('icons/on-128.png'),
    title: say(key, ...names),
    message: [say(message), person].filter(line => line !== '').join('\n'),
    // Firefox shows none, and throws: https://bugzilla.mozilla.org/show_bug.cgi?id=1190681
    ...(isFirefox ? {} : { buttons: [{ title: say(button) }] }),
  });
}

export async function withdrawNotice(id: string): Promise<void> {
  await api()?.clear(id);
}

/** The ids of those that are on screen, or in the computer's list of them. */
export async function shownNotices(): Promise<readonly string[]> {
  return Object.keys((await api()?.getAll()) ?? {});
}

/** Listens from now on, or from the moment on in which notices are permitted. */
export function onNoticePressed(listener: (id: string, on: 'notice' | 'button') => void): void {
  const onNotice = (id: string): void => listener(id, 'notice');
  const onButton = (id: string): void => listener(id, 'button');
  const listen = (): void => {
    api()?.onClicked.addListener(onNotice);
    if (!isFirefox) api()?.onButtonClicked.addListener(onButton);
  };
  listen();
  // A listener that is there already is not added again.
  browser.permissions.onAdded.addListener(listen);
}
