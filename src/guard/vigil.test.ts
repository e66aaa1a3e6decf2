import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type BrowserProcess, processOf } from './browser-process.ts';
import { keepVigil, killedWithinMs, watchDying } from './vigil.ts';

/** The waits between looks: how long each was to be, in ms, and what is to happen while it lasts. */
const waits = vi.hoisted(() => ({ ms: [] as number[], during: async (_: number): Promise<void> => {} }));

vi.mock('node:timers/promises', async original => {
  const { setTimeout: wait } = await original<typeof import('node:timers/promises')>();
  return {
    async setTimeout(ms: number, ...rest: readonly [value?: undefined, options?: { signal?: AbortSignal }]) {
      waits.ms.push(ms);
      await waits.during(waits.ms.length);
      return wait(ms, ...rest);
    },
  };
});

/** The promise: how long after a browser's end that is known, ms. No look lasts, so it is for the waits between them. */
const knownWithinMs = 50;

/** By timers that are not counted. */
const patience = { timeout: 30_000, interval: 5 } as const;

/** A browser, and its end: done once the system itself counts it as dead. */
type Scene = { readonly browser: BrowserProcess; readonly die: () => Promise<void> };

const scenes: Readonly<Record<string, () => Promise<Scene>>> = {
  async 'and its own parent asks what became of it'() {
    const child = start('exec sleep 600');
    return { browser: processOf(child.pid ?? 0), die: () => killed(child) };
  },
  async 'and its own parent never asks'() {
    const parent = start('sleep 600 & echo $!; exec sleep 600');
    const [line] = await once(parent.stdout, 'data');
    const browser = processOf(Number(line));
    onTestFinished(() => void process.kill(browser.pid, 'SIGKILL'));
    const state = () => readFileSync(`/proc/${browser.pid}/stat`, 'latin1').split(' ')[2];
    const die = async () => {
      process.kill(browser.pid, 'SIGKILL');
      await vi.waitUntil(() => state() === 'Z', patience);
    };
    return { browser, die };
  },
  // Its parent's end can't be had by the process that tests; browser-process.test.ts has one that really is given away.
  async 'and whom it started has been given to another (told by a parent that is made up)'() {
    const browser = processOf(process.ppid);
    const parent = vi.spyOn(process, 'ppid', 'get').mockReturnValue(browser.pid);
    onTestFinished(() => parent.mockRestore());
    return { browser, die: async () => void parent.mockReturnValue(1) };
  },
};

function start(script: string): ChildProcessByStdio<Writable, Readable, null> {
  const child = spawn('sh', ['-c', script], { stdio: ['pipe', 'pipe', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function killed(child: ReturnType<typeof start>): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** What is to happen while the so manieth wait lasts. */
function inWait(which: number, act: () => Promise<void>): void {
  waits.during = async count => {
    if (count === which) await act();
  };
}

beforeEach(() => {
  waits.ms = [];
  waits.during = async () => {};
});

const vigilOf = (browser: BrowserProcess) =>
  keepVigil({
    browser,
    returnWithinMs: 90_000,
    isSucceeded: async () => false,
    hurry: new AbortController().signal,
  });

describe.each(Object.entries(scenes))('a browser dies, %s', (_, scene) => {
  it('and whoever has just lost its pipe knows it at the next look, which is soon', async () => {
    const { browser, die } = await scene();
    inWait(3, die);
    expect(await watchDying(browser, 60_000)).toMatch(/^browser-(?:died|closed)$/);
    expect(waits.ms).toHaveLength(3);
    expect(Math.max(...waits.ms)).toBeLessThanOrEqual(knownWithinMs);
  });

  it('and whoever keeps vigil knows it at the next look, which is soon', async () => {
    const { browser, die } = await scene();
    inWait(12, die);
    expect(await vigilOf(browser)).toEqual({ is: 'over', ended: 'browser-closed' });
    expect(waits.ms).toHaveLength(12);
    expect(Math.max(...waits.ms)).toBeLessThanOrEqual(knownWithinMs);
  });

  it('before anybody looks: the first look says it', async () => {
    const { browser, die } = await scene();
    await die();
    expect(await watchDying(browser, 250)).toBe('browser-died');
    expect(await vigilOf(browser)).toEqual({ is: 'over', ended: 'browser-closed' });
    expect(waits.ms).toEqual([]);
  });
});

describe('how a browser ended', () => {
  it('killed: dead as soon as its pipe has closed', async () => {
    const child = start('exec sleep 600');
    const browser = processOf(child.pid ?? 0);
    const pipe = once(child.stdout.resume(), 'end');
    await Promise.all([pipe, killed(child)]);
    expect(await watchDying(browser, 250)).toBe('browser-died');
  });

  it('closed: it lived on after its pipe for longer than one that is killed', async () => {
    const child = start('exec >&-; read line');
    const browser = processOf(child.pid ?? 0);
    await once(child.stdout.resume(), 'end');
    const began = performance.now();
    inWait(1, async () => {
      await vi.waitUntil(() => performance.now() - began > killedWithinMs, patience);
      child.stdin.end();
      await once(child, 'exit');
    });
    expect(await watchDying(browser, 60_000)).toBe('browser-closed');
  });

  it('not at all, as far as the patience goes', async () => {
    expect(await watchDying(processOf(process.pid), 20)).toBeUndefined();
    expect(waits.ms.length).toBeGreaterThan(0);
  });

  it('nobody knows of one that is not known', async () => {
    expect(await watchDying(undefined, 60_000)).toBeUndefined();
    expect(waits.ms).toEqual([]);
  });
});
