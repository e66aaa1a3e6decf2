import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Reuse } from '../browser/reuse.ts';
import { createWarmth } from './warmth.ts';

const acme = 'https://acme.fogbugz.com/';
const other = 'https://other.fogbugz.com/';

let sites: string[];
let user: 'active' | 'away';
let warmed: string[];
let stirs: number;
/** How long the server lets a connection idle, ms; its answers take no time. */
let limitMs: number;
let usedAt: Map<string, number>;

beforeEach(() => {
  vi.useFakeTimers();
  sites = [];
  user = 'active';
  warmed = [];
  stirs = 0;
  limitMs = 120_000;
  usedAt = new Map();
  return () => void vi.useRealTimers();
});

const create = () =>
  createWarmth({
    sites: () => sites,
    userIsActive: async () => user === 'active',
    warm: async base => {
      warmed.push(base);
      const reuse: Reuse = isWarm(base) ? 'reused' : 'new';
      usedAt.set(base, Date.now());
      return reuse;
    },
    stir: async () => {
      stirs++;
    },
    now: Date.now,
  });
const isWarm = (base: string) => Date.now() - (usedAt.get(base) ?? Number.NEGATIVE_INFINITY) < limitMs;

/** How many requests there are in so many seconds, and for how many of those the connection is up. */
async function watch(seconds: number): Promise<{ requests: number; warmSeconds: number }> {
  const before = warmed.length;
  let warmSeconds = 0;
  for (let second = 0; second < seconds; second++) {
    await vi.advanceTimersByTimeAsync(1_000);
    if (isWarm(acme)) warmSeconds++;
  }
  return { requests: warmed.length - before, warmSeconds };
}

describe('keeping warm', () => {
  it('begins at once with a site in use, and stirs the worker every 20 seconds', async () => {
    sites = [acme];
    create().changed();
    await vi.advanceTimersByTimeAsync(0);
    expect(warmed).toEqual([acme]);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(stirs).toBe(3);
  });

  it('asks a patient server less and less often, and is never cold', async () => {
    sites = [acme];
    create().changed();
    expect(await watch(300)).toEqual({ requests: 8, warmSeconds: 300 });
    expect(await watch(3600)).toEqual({ requests: 34, warmSeconds: 3600 });
    expect(stirs).toBe(196);
  });

  it('asks an impatient server as often as its limit demands, once that is known', async () => {
    limitMs = 5_000;
    sites = [acme];
    create().changed();
    const { warmSeconds } = await watch(60);
    expect(warmSeconds).toBeGreaterThanOrEqual(52);
    expect(await watch(60)).toEqual({ requests: 15, warmSeconds: 60 });
  });

  it('learns each site by itself, and forgets nothing while nobody is there', async () => {
    sites = [acme, other];
    const warmth = create();
    warmth.changed();
    await watch(600);
    sites = [];
    warmth.changed();
    await vi.advanceTimersByTimeAsync(600_000);
    sites = [acme];
    warmth.changed();
    expect(await watch(600)).toEqual({ requests: 6, warmSeconds: 600 });
  });

  it('takes in a site that is new at once, and nothing else out of turn', async () => {
    sites = [acme];
    const warmth = create();
    warmth.changed();
    await vi.advanceTimersByTimeAsync(0);
    warmth.changed();
    await vi.advanceTimersByTimeAsync(0);
    expect(warmed).toEqual([acme]);
    sites = [acme, other];
    warmth.changed();
    await vi.advanceTimersByTimeAsync(0);
    expect(warmed).toEqual([acme, other]);
  });

  it('does not begin without a site, and ends with the last one', async () => {
    const warmth = create();
    warmth.changed();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([warmed, stirs]).toEqual([[], 0]);
    sites = [acme];
    warmth.changed();
    await vi.advanceTimersByTimeAsync(0);
    sites = [];
    warmth.changed();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(warmed).toEqual([acme]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets the worker sleep while the user is away, and begins again when they are back', async () => {
    sites = [acme];
    const warmth = create();
    warmth.changed();
    await vi.advanceTimersByTimeAsync(0);
    user = 'away';
    await vi.advanceTimersByTimeAsync(20_000);
    const before = warmed.length;
    await vi.advanceTimersByTimeAsync(100_000);
    expect([warmed.length, stirs]).toEqual([before, 1]);
    expect(vi.getTimerCount()).toBe(0);
    user = 'active';
    warmth.changed();
    await vi.advanceTimersByTimeAsync(0);
    expect(warmed.length).toBe(before + 1);
  });
});
