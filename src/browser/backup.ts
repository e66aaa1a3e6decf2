import * as v from 'valibot';
import type { Settings } from '../session/settings.ts';
import { backupSchema } from './page-schemas.ts';
import { readFields } from './records.ts';

/** What is read of a file at most, in characters: a backup with a thousand servers is smaller. */
export const longestBackup = 500_000;

/** The settings as a file: no session, no token, no history. */
export function writeBackup(settings: Settings, at: Date): string {
  const exportedAt = at.toISOString();
  return `${JSON.stringify({ format: 'logoff-on-close-settings', version: 1, exportedAt, settings }, null, 2)}\n`;
}

export type BackupRead =
  /** `unknown`: the names of what this version has no setting for. */
  | { readonly is: 'settings'; readonly settings: Partial<Settings>; readonly unknown: readonly string[] }
  | { readonly is: 'not-a-backup' }
  | { readonly is: 'newer' }
  | { readonly is: 'too-large' }
  /** Of a setting by this name: somebody has edited the file. All of it is refused. */
  | { readonly is: 'unreadable'; readonly name: keyof Settings };

export function readBackup(text: string): BackupRead {
  if (text.length > longestBackup) return { is: 'too-large' };
  const file = v.safeParse(backupSchema, parse(text));
  if (!file.success) return { is: 'not-a-backup' };
  const { version, settings } = file.output;
  if (version !== 1) return { is: 'newer' };
  const { read, unreadable, unknown } = readFields(settings);
  const [name] = unreadable;
  return name === undefined ? { is: 'settings', settings: read, unknown } : { is: 'unreadable', name };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
