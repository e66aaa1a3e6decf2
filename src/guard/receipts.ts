import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Receipt, receiptSchema } from '../guard-messages.ts';
import { readParsed, writePrivately } from './private-file.ts';

/**
 * What became of the sessions of one browser profile, for the extension to read at its next start. A file for each,
 * so that several Guards may write at once. Neither tokens nor sites stand there: the extension knows its session's
 * id, and a private window leaves no trace.
 */
export type Receipts = {
  readonly write: (receipt: Receipt) => Promise<void>;
  readonly read: () => Promise<readonly Receipt[]>;
  /** Forgets the receipts of these sessions. */
  readonly acknowledge: (sessions: readonly string[]) => Promise<void>;
};

/** More than a profile ever has unread; together they fit into one message. */
export const mostReceipts = 1000;

export function openReceipts(stateFolder: string, profile: string): Receipts {
  const folder = join(stateFolder, 'receipts', profile);

  const all = async (): Promise<readonly { readonly path: string; readonly receipt: Receipt }[]> => {
    const found = await Promise.all(
      (await namesIn(folder)).map(async name => {
        const path = join(folder, name);
        const receipt = await readParsed(path, receiptSchema);
        return receipt && { path, receipt };
      }),
    );
    return found.filter(one => one !== undefined);
  };

  return {
    async write(receipt) {
      // The time comes first in the name, so that the oldest are the first by name.
      await writePrivately(join(folder, `${receipt.at}-${randomUUID()}.json`), receipt);
      const surplus = (await namesIn(folder)).slice(0, -mostReceipts);
      await Promise.all(surplus.map(name => rm(join(folder, name), { force: true })));
    },
    read: async () => (await all()).map(({ receipt }) => receipt),
    async acknowledge(sessions) {
      const known = new Set(sessions);
      const read = (await all()).filter(({ receipt }) => known.has(receipt.session));
      await Promise.all(read.map(({ path }) => rm(path, { force: true })));
    },
  };
}

/** The finished files, oldest first; none if there is no folder yet. */
async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter(name => /^\d/.test(name)).sort();
}
