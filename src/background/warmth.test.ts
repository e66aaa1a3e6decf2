import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createWarmth } from './warmth.ts';

const acme = 'https://acme.fogbugz.com/';
const other = 'https://other.fogbugz.com/';

let sites: string[];
let user: 'active' | 'away';
let warmed: string[];
let stirs: number;

beforeEach(() => {
  vi.useFakeTimers();
  sites = [];
  user = 'active';
  warmed = [];
  stirs = 0;
  return () => void vi.useRealTimers();
});

const create = () =>
  createWarmth({
    sites: () => sites,
    userIsActive: async () => user === 'active',
    warm: base => void warmed.push(base),
    stir: async () => {
      stirs++;
    },
  });

describe('keeping warm', () => {
  it('begins at once with a site in use, and goes on every 20 seconds', async () => {
    sites = [acme];
    create().changed();
    await vi.advanceTimersByTimeAsync(0);
    expect(warmed).toEqual([acme]);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(warmed).toEqual([acme, acme, acme]);
    expect(stirs).toBe(3);
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
    expect(warmed).toEqual([acme, acme, other]);
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
    await vi.advanceTimersByTimeAsync(100_000);
    expect([warmed, stirs]).toEqual([[acme], 1]);
    expect(vi.getTimerCount()).toBe(0);
    user = 'active';
    warmth.changed();
    await vi.advanceTimersByTimeAsync(0);
    expect(warmed).toEqual([acme, acme]);
  });
});
