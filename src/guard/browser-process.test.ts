import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { until } from '../../e2e/until.ts';
import { findBrowser, isAlive, processOf } from './browser-process.ts';

/** This process, had it another parent. */
function withParent(pid: number): void {
  const parent = vi.spyOn(process, 'ppid', 'get').mockReturnValue(pid);
  onTestFinished(() => parent.mockRestore());
}

it('takes the process that started it for the browser', async () => {
  withParent(process.pid);
  expect(await findBrowser()).toEqual(processOf(process.pid));
});

it.each([0, 1])('takes process %i for no browser: it outlives them all', async pid => {
  withParent(pid);
  expect(await findBrowser()).toBeUndefined();
});

it('tells a process from one that had its number before', () => {
  expect(isAlive(processOf(process.pid))).toBe(true);
  expect(isAlive({ pid: process.pid, startedAt: '1' })).toBe(false);
});

it('takes a zombie for dead: its own parent may be long in asking what became of it', async () => {
  // The shell becomes a program that never asks.
  const parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [line] = await once(parent.stdout, 'data');
  const child = processOf(Number(line));
  expect(isAlive(child)).toBe(true);
  process.kill(child.pid, 'SIGKILL');
  await until('its death to be seen', () => !isAlive(child));
  expect(() => process.kill(child.pid, 0)).not.toThrow();
});

it('takes a parent for dead as soon as its child has been given to another, though nobody asked what became of it', async () => {
  const orphan = fileURLToPath(new URL('stage/orphan.ts', import.meta.url));
  // Two shells that become programs that never ask: the inner one is the parent, and stays a zombie.
  const parent = `"$0" --import tsx "$1" & exec sleep 600`;
  const args = ['-c', `sh -c '${parent}' "$0" "$1" & exec sleep 600`, process.execPath, orphan];
  const grandparent = spawn('sh', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void grandparent.kill('SIGKILL'));
  let said = '';
  grandparent.stdout.on('data', text => {
    said += String(text);
  });
  const pid = await until('the child to look', () => Number(/^(\d+) lives\n/.exec(said)?.[1]));
  process.kill(pid, 'SIGKILL');
  await until('the child to have another parent', () => said.split('\n').length === 3);
  expect(said).toBe(`${pid} lives\n${pid} is dead\n`);
  // It may be signalled all the same, which alone would count where nobody says when processes began.
  expect(() => process.kill(pid, 0)).not.toThrow();
});
