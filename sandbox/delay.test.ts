import { connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { type Delay, startDelay } from './delay.ts';
import { startSandbox } from './sandbox.ts';

type Arrival = { readonly text: string; readonly at: number };

const roundTripMs = 60;
/** Timers may be a little early against the other clock; a simulated network must not be early by more than that. */
const slackMs = 2;
let arrivals: Arrival[];
let ends: string[];
let delay: Delay;
let stopTarget: () => Promise<void>;

beforeEach(async () => {
  arrivals = [];
  ends = [];
  const sockets: Socket[] = [];
  const target = createServer({ allowHalfOpen: true }, socket => {
    sockets.push(socket);
    socket.on('data', chunk => arrivals.push({ text: String(chunk), at: performance.now() }));
    socket.on('end', () => ends.push('end'));
    socket.on('error', () => ends.push('reset'));
    socket.on('data', chunk => socket.write(String(chunk).toUpperCase()));
  });
  await new Promise<void>(resolve => target.listen(0, '127.0.0.1', resolve));
  const address = target.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  delay = await startDelay({ target: port ?? 0, roundTripMs });
  stopTarget = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>(resolve => target.close(() => resolve()));
  };
});
afterEach(async () => {
  await delay.stop();
  await stopTarget();
});

const text = () => arrivals.map(arrival => arrival.text).join('');

it('brings the first bytes 1.5 round trips after the client began, and the reply half a round trip later', async () => {
  const beganAt = performance.now();
  const socket = connect(delay.port, '127.0.0.1');
  socket.write('hello');
  const reply = await new Promise<Arrival>(resolve =>
    socket.on('data', chunk => resolve({ text: String(chunk), at: performance.now() })),
  );
  expect(reply.text).toBe('HELLO');
  expect((arrivals[0]?.at ?? 0) - beganAt).toBeGreaterThanOrEqual(1.5 * roundTripMs - slackMs);
  expect(reply.at - beganAt).toBeGreaterThanOrEqual(2 * roundTripMs - slackMs);
  const askedAgainAt = performance.now();
  socket.write('again');
  await expect.poll(text).toBe('helloagain');
  expect((arrivals.at(-1)?.at ?? 0) - askedAgainAt).toBeGreaterThanOrEqual(roundTripMs / 2 - slackMs);
  socket.destroy();
});

it('keeps the order of many chunks', async () => {
  const socket = connect(delay.port, '127.0.0.1');
  const chunks = Array.from({ length: 200 }, (_, index) => `${index};`);
  for (const chunk of chunks) {
    socket.write(chunk);
    await new Promise(resolve => setImmediate(resolve));
  }
  await expect.poll(text).toBe(chunks.join(''));
  socket.destroy();
});

it('delivers what a client had sent before it closed, and then its end', async () => {
  const socket = connect(delay.port, '127.0.0.1', () => socket.end('last words'));
  await expect.poll(() => ends).toEqual(['end']);
  expect(text()).toBe('last words');
});

it('delivers what a client had sent before it was killed, and then its end', async () => {
  const socket = connect(delay.port, '127.0.0.1', () => {
    socket.write('last words', () => socket.resetAndDestroy());
  });
  // libuv reports a reset that comes together with data as an end, so it may be either.
  await expect.poll(() => ends.length).toBeGreaterThan(0);
  expect(text()).toBe('last words');
});

it('drops a client whose target is not there', async () => {
  await stopTarget();
  const socket = connect(delay.port, '127.0.0.1');
  socket.on('error', () => undefined);
  await new Promise<void>(resolve => socket.on('close', () => resolve()));
});

it('stands before a sandbox by option, pauses included', async () => {
  const sandbox = await startSandbox({ tls: 'http/1.1', roundTripMs: 40 });
  const beganAt = performance.now();
  await ask(sandbox, '/api.xml');
  // TCP, TLS 1.3 and the request are a round trip each.
  expect(performance.now() - beganAt).toBeGreaterThanOrEqual(3 * 40 - slackMs);
  await sandbox.pause();
  await sandbox.resume();
  expect((await ask(sandbox, '/api.xml')).status).toBe(200);
  await sandbox.stop();
});
