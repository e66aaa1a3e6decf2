// A program as a browser starts it, on a system that doesn't say when processes began: it says what it holds of its
// parent, once while it has it, and once more as soon as it has another.
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from '../browser-process.ts';

const parent = { pid: process.ppid, startedAt: '' };
const say = () => process.stdout.write(`${parent.pid} ${isAlive(parent) ? 'lives' : 'is dead'}\n`);

say();
while (process.ppid === parent.pid) await wait(5);
say();
