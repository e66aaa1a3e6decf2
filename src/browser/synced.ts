import * as v from 'valibot';
import type { Chosen, Settings } from '../session/settings.ts';
import { readFields, type Stored } from './records.ts';
import { partSchema } from './schemas.ts';

/**
 * The length of a part. JSON takes at most six bytes for a character, so that none comes near the 8,192 bytes that an
 * item of `storage.sync` may have; see https://developer.chrome.com/docs/extensions/reference/api/storage#property-sync
 */
const partLength = 1300;
/** As many as fit into the 102,400 bytes of the area: of our JSON, less than every second character is escaped again. */
const mostParts = 40;

const partKey = (index: number): string => `settings:${index}`;
export const isPartKey = (key: string): boolean => key.startsWith('settings:');

/** Whether the settings are small enough to follow the user. */
export function fitsSync(settings: Settings): boolean {
  return JSON.stringify(settings).length <= partLength * mostParts;
}

/** Never more than the settings: nothing of a session comes here. */
export function writeSynced({ settings, changedAt }: Chosen): Stored {
  const text = JSON.stringify(settings);
  const parts = Math.ceil(text.length / partLength);
  return Object.fromEntries(
    Array.from({ length: parts }, (_, index) => [
      partKey(index),
      { version: 1, changedAt, parts, text: text.slice(index * partLength, (index + 1) * partLength) },
    ]),
  );
}

/** What lies in `storage.sync`. */
export type Synced = {
  /** Of the newest part: what is older must not replace it. */
  readonly changedAt: number;
  /** Undefined until all parts are there: they may come one after the other. */
  readonly settings: Partial<Settings> | undefined;
};

/** Parts that can't be read, a newer version's too, are as good as none. */
export function readSynced(stored: Stored): Synced {
  const found = Object.entries(stored).flatMap(([key, value]) => {
    const part = v.safeParse(partSchema, value);
    return isPartKey(key) && part.success ? [[key, part.output] as const] : [];
  });
  const changedAt = Math.max(0, ...found.map(([, part]) => part.changedAt));
  const newest = new Map(found.filter(([, part]) => part.changedAt === changedAt));
  const parts = newest.get(partKey(0))?.parts ?? 0;
  const texts = Array.from(
    { length: Math.min(parts, mostParts) },
    (_, index) => newest.get(partKey(index))?.text,
  );
  const whole = parts > 0 && parts <= mostParts && texts.every(text => text !== undefined);
  return { changedAt, settings: whole ? readText(texts.join('')) : undefined };
}

function readText(text: string): Partial<Settings> | undefined {
  try {
    const raw: unknown = JSON.parse(text);
    return typeof raw === 'object' && raw !== null ? readFields(raw).read : undefined;
  } catch {
    return undefined;
  }
}
