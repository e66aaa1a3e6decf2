import { describe, expect, it } from 'vitest';
import { secret, tokenOf } from '../session/stage/samples.ts';
import { createDeadLists, createDeadTokens, type DeadList } from './dead-tokens.ts';

const day = 24 * 60 * 60_000;
const token = tokenOf(secret);
const tokenNumber = (number: number) => tokenOf(`token-number-${number}`);

function create(before?: DeadList) {
  const disk: { list?: DeadList } = {};
  const deadTokens = createDeadTokens(before, async list => {
    disk.list = structuredClone(list);
  });
  return { deadTokens, disk };
}

describe('dead tokens', () => {
  it('are known again, by the next worker too', async () => {
    const { deadTokens, disk } = create();
    expect(await deadTokens.has(token)).toBe(false);
    await deadTokens.add([token], 0);
    expect(await deadTokens.has(token)).toBe(true);
    expect(await deadTokens.has(tokenNumber(1))).toBe(false);
    expect(await create(disk.list).deadTokens.has(token)).toBe(true);
  });

  it('are written as hashes alone, salted anew in each profile', async () => {
    const [one, two] = [create(), create()];
    await one.deadTokens.add([token], 0);
    await two.deadTokens.add([token], 0);
    expect(JSON.stringify(one.disk)).not.toContain(secret);
    expect(one.disk.list?.hashes[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(one.disk.list?.hashes[0]?.hash).not.toBe(two.disk.list?.hashes[0]?.hash);
  });

  it('are written once', async () => {
    const { deadTokens, disk } = create();
    await deadTokens.add([token], 0);
    await deadTokens.add([token], 1);
    expect(disk.list?.hashes).toHaveLength(1);
  });

  it('are all kept when many die at once', async () => {
    const { deadTokens, disk } = create();
    await Promise.all(Array.from({ length: 20 }, (_, index) => deadTokens.add([tokenNumber(index)], 0)));
    expect(disk.list?.hashes).toHaveLength(20);
  });

  it('are forgotten after 60 days', async () => {
    const { deadTokens } = create();
    await deadTokens.add([token], 0);
    await deadTokens.add([tokenNumber(1)], 59 * day);
    expect(await deadTokens.has(token)).toBe(true);
    await deadTokens.add([tokenNumber(2)], 60 * day);
    expect(await deadTokens.has(token)).toBe(false);
    expect(await deadTokens.has(tokenNumber(1))).toBe(true);
  });

  it('are no more than 2000', async () => {
    const hashes = Array.from({ length: 2_000 }, (_, index) => ({ hash: String(index), at: 0 }));
    const { deadTokens, disk } = create({ salt: 'salt', hashes });
    await deadTokens.add([token], 1);
    expect(disk.list?.hashes).toHaveLength(2_000);
    expect(disk.list?.hashes[0]?.hash).toBe('1');
    expect(await deadTokens.has(token)).toBe(true);
  });

  it('are known to this worker although the disk refused them', async () => {
    const deadTokens = createDeadTokens(undefined, () => Promise.reject(new Error('full')));
    await expect(deadTokens.add([token], 0)).rejects.toThrow('full');
    expect(await deadTokens.has(token)).toBe(true);
  });
});

describe('dead tokens of private windows', () => {
  it('are remembered beside the others, and nothing of them comes to the disk', async () => {
    const [disk, memory] = [create(), create()];
    const lists = createDeadLists();
    lists.restore({ disk: disk.deadTokens, memory: memory.deadTokens });
    const ordinary = { token, private: false };
    const fleeting = { token: tokenNumber(1), private: true };
    await lists.add([ordinary, fleeting], 0);
    expect([await lists.has(ordinary), await lists.has(fleeting)]).toEqual([true, true]);
    expect(disk.disk.list?.hashes).toHaveLength(1);
    expect(await disk.deadTokens.has(fleeting.token)).toBe(false);
    expect(await memory.deadTokens.has(fleeting.token)).toBe(true);
    expect(await lists.has({ ...fleeting, private: false })).toBe(false);
  });
});
