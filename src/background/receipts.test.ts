import { expect, it } from 'vitest';
import { type Site, usualSite } from '../fogbugz/site.ts';
import type { Receipt } from '../guard-messages.ts';
import { sessionWith } from '../session/stage/samples.ts';
import { createReceipts } from './receipts.ts';

const receipt: Receipt = {
  session: 'one',
  at: 2_000,
  outcome: 'logged-off',
  attempts: 1,
  msAfterEnd: 80,
  ended: 'browser-died',
};

async function told(
  receipts: readonly Receipt[],
  webSession?: Site['webSession'],
): Promise<readonly string[]> {
  const ids: string[] = [];
  const receive = createReceipts(
    {
      session: id => (id === 'one' ? sessionWith() : undefined),
      guardAnswered: async id => void ids.push(id),
    },
    base => ({ ...usualSite(base), ...(webSession && { webSession }) }),
  );
  await receive(receipts);
  return ids;
}

it('counts what was logged off, of a session that is gone by now too', async () => {
  expect(await told([receipt, { ...receipt, session: 'gone' }])).toEqual(['one', 'gone']);
});

it('leaves owed what the Guard gave up', async () => {
  expect(await told([{ ...receipt, outcome: 'gave-up' }])).toEqual([]);
});

it('leaves owed the session whose pages have one of their own', async () => {
  expect(await told([receipt], 'lives-on')).toEqual([]);
});
