import type { BackupRead } from '../browser/backup.ts';
import type { MessageKey } from '../browser/words.ts';
import type { Settings } from '../session/settings.ts';
import { type Language, sentences } from '../ui/language.ts';
import type { Saying } from '../ui/saying.ts';

/** What each setting is called where it is set. */
const labels: Readonly<Record<keyof Settings, MessageKey>> = {
  lastTab: 'lastTab',
  graceSeconds: 'grace',
  browserClose: 'browserClose',
  idleMinutes: 'idle',
  lock: 'lock',
  maxHours: 'maxAge',
  dailyAt: 'daily',
  toolbarClick: 'toolbarClick',
  keepHistory: 'keepHistory',
  guard: 'guardTitle',
  notices: 'noticesTitle',
  ownSites: 'sitesTitle',
  exceptions: 'siteRules',
};

/** Why a file was refused. */
export function refusalWords(read: Exclude<BackupRead, { is: 'settings' }>, { say }: Language): Saying {
  return { tone: 'bad', happened: reason(), advice: say('importNothingChanged') };

  function reason(): string {
    switch (read.is) {
      case 'not-a-backup':
        return say('importNotBackup');
      case 'newer':
        return say('importNewer');
      case 'too-large':
        return say('importTooLarge');
      case 'unreadable':
        return say('importUnreadable', say(labels[read.name]));
      default:
        return read satisfies never;
    }
  }
}

/** What became of a file that was taken, and what of it was not. */
export function importedWords(
  unknown: readonly string[],
  locked: readonly (keyof Settings)[],
  { say, times }: Language,
): Saying {
  const quoted = (names: readonly string[]) => times.list(names.map(name => say('quoted', name)));
  const notes = [
    locked.length > 0 && say('importLocked', quoted(locked.map(name => say(labels[name])))),
    unknown.length > 0 && say('importUnknown', quoted(unknown)),
  ].filter(note => note !== false);
  return {
    tone: 'good',
    happened: say('imported'),
    ...(notes.length > 0 ? { advice: sentences(notes, say) } : {}),
  };
}
