import browser from 'webextension-polyfill';
import type { Settings } from '../session/settings.ts';
import { defaultSettings } from '../session/settings.ts';
import type { HistoryEntry, SessionView } from '../session/view.ts';
import type { Command } from './commands.ts';
import { countAside, readHistory, readSettings, readViews } from './records.ts';

/** Something the user should know that belongs to no single session. */
export type Trouble =
  | { readonly is: 'no-permission'; readonly site: string }
  /** Stored records that could not be read: kept aside, never thrown away. */
  | { readonly is: 'set-aside'; readonly count: number };

/** All that a page shows. `ready` is false until the storage has answered once. */
export type Face = {
  readonly ready: boolean;
  readonly sessions: readonly SessionView[];
  readonly settings: Settings;
  /** Newest first. */
  readonly history: readonly HistoryEntry[];
  readonly trouble: readonly Trouble[];
};

/** Calls back at once and at every change of what a page shows; returns the function that stops it. */
export function watchFace(changed: (face: Face) => void): () => void {
  let stopped = false;
  const read = async (): Promise<void> => {
    const [session, local] = await Promise.all([
      browser.storage.session.get(null),
      browser.storage.local.get(['settings', 'history', 'aside']),
    ]);
    if (stopped) return;
    const aside = countAside(local);
    changed({
      ready: true,
      sessions: readViews(session),
      settings: readSettings(local),
      history: readHistory(local),
      trouble: aside > 0 ? [{ is: 'set-aside', count: aside }] : [],
    });
  };
  const onChange = (): void => void read();
  browser.storage.onChanged.addListener(onChange);
  changed({ ready: false, sessions: [], settings: defaultSettings, history: [], trouble: [] });
  void read();
  return () => {
    stopped = true;
    browser.storage.onChanged.removeListener(onChange);
  };
}

/** Sends a command; resolves when the worker has carried it out and stored the result. */
export async function send(command: Command): Promise<void> {
  await browser.runtime.sendMessage(command);
}
