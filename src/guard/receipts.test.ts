import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { claim, isSucceeded } from './claim.ts';
import { mostReceipts, openReceipts } from './receipts.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'guard-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const receipt = (session: string, at = 1) =>
  ({ session, outcome: 'logged-off', at, msAfterEnd: 80, attempts: 1, ended: 'browser-died' }) as const;

describe('receipts', () => {
  it('written by several at once are all there', async () => {
    const folder = newFolder();
    const writers = Array.from({ length: 20 }, () => openReceipts(folder, 'profile'));
    await Promise.all(writers.map((writer, index) => writer.write(receipt(`session-${index}`))));
    const read = await openReceipts(folder, 'profile').read();
    expect(read.map(({ session }) => session).sort()).toEqual(
      writers.map((_, index) => `session-${index}`).sort(),
    );
  });

  it('are each profile’s own', async () => {
    const folder = newFolder();
    await openReceipts(folder, 'profile-a').write(receipt('a'));
    expect(await openReceipts(folder, 'profile-b').read()).toEqual([]);
    await openReceipts(folder, 'profile-b').acknowledge(['a']);
    expect(await openReceipts(folder, 'profile-a').read()).toEqual([receipt('a')]);
  });

  it('go when they are acknowledged, and only those', async () => {
    const receipts = openReceipts(newFolder(), 'profile');
    await receipts.write(receipt('a'));
    await receipts.write(receipt('b'));
    await receipts.acknowledge(['a', 'unknown']);
    expect(await receipts.read()).toEqual([receipt('b')]);
  });

  it('are bounded: the oldest go first', async () => {
    const folder = newFolder();
    const receipts = openReceipts(folder, 'profile');
    mkdirSync(join(folder, 'receipts', 'profile'), { recursive: true });
    for (let at = 1000; at < 1000 + mostReceipts; at += 1) {
      writeFileSync(join(folder, 'receipts', 'profile', `${at}-x.json`), JSON.stringify(receipt('old', at)));
    }
    await receipts.write(receipt('new', 9999));
    expect(readdirSync(join(folder, 'receipts', 'profile')).sort()[0]).toBe('1001-x.json');
    expect((await receipts.read()).at(-1)).toEqual(receipt('new', 9999));
    expect(await receipts.read()).toHaveLength(mostReceipts);
  });

  it('that something has spoilt are passed over', async () => {
    const folder = newFolder();
    const receipts = openReceipts(folder, 'profile');
    await receipts.write(receipt('good'));
    for (const [name, text] of [
      ['2-x.json', '{'],
      ['3-x.json', '{"session":1}'],
      ['.4-x', 'half'],
    ]) {
      writeFileSync(join(folder, 'receipts', 'profile', name ?? ''), text ?? '');
    }
    expect(await receipts.read()).toEqual([receipt('good')]);
  });
});

describe('a claim', () => {
  const browser = { pid: process.pid, startedAt: '' };

  it('by another Guard in the same browser is a succession', async () => {
    const folder = newFolder();
    const mine = { guard: 'mine', browser };
    expect(await isSucceeded(folder, 'profile', mine)).toBe(false);
    await claim(folder, 'profile', mine);
    expect(await isSucceeded(folder, 'profile', mine)).toBe(false);
    await claim(folder, 'profile', { guard: 'other', browser });
    expect(await isSucceeded(folder, 'profile', mine)).toBe(true);
  });

  it('in another profile or in another run of the browser is none', async () => {
    const folder = newFolder();
    const mine = { guard: 'mine', browser };
    await claim(folder, 'another', { guard: 'other', browser });
    expect(await isSucceeded(folder, 'profile', mine)).toBe(false);
    for (const changed of [{ ...browser, pid: process.ppid }, { ...browser, startedAt: '7' }, undefined]) {
      await claim(folder, 'profile', { guard: 'other', browser: changed });
      expect(await isSucceeded(folder, 'profile', mine)).toBe(false);
    }
  });

  it('of a browser that is dead goes with the next claim', async () => {
    const folder = newFolder();
    await claim(folder, 'crashed', { guard: 'a', browser: { pid: 4_194_999, startedAt: '1' } });
    await claim(folder, 'profile', { guard: 'b', browser });
    expect(readdirSync(join(folder, 'claims'))).toEqual(['profile.json']);
  });
});
