import { connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ask } from './ask.ts';
import type { FaultSpec } from './faults.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.stop());

const born = () => sandbox.birth('acme.fogbugz.com', 'ada@example.com');
const logOff = (token: string, path = '/api/logoff') => ask(sandbox, path, { json: { token } });

it.each<{ fault: FaultSpec; status: number }>([
  { fault: { is: 'status', status: 503, retryAfter: '7' }, status: 503 },
  { fault: { is: 'html' }, status: 200 },
  { fault: { is: 'maintenance', as: 'not-xml' }, status: 200 },
  { fault: { is: 'maintenance', as: 'error-28' }, status: 400 },
  { fault: { is: 'no-json' }, status: 404 },
  { fault: { is: 'redirect', status: 307, to: 'http://127.0.0.1:9/' }, status: 307 },
  { fault: { is: 'too-large' }, status: 200 },
])('$fault.is answers $status and does nothing', async ({ fault, status }) => {
  const token = born();
  sandbox.fault(fault);
  expect((await logOff(token)).status).toBe(status);
  expect(sandbox.life(token)).toMatchObject({ diedAt: undefined, logOffsAsked: 1 });
  expect(sandbox.requests().at(-1)).toMatchObject({ outcome: `fault: ${fault.is}`, status });
});

it('says what the fault is about in headers and body', async () => {
  sandbox.fault({ is: 'status', status: 503, retryAfter: '7', times: 1 });
  expect((await logOff(born())).headers['retry-after']).toBe('7');
  sandbox.fault({ is: 'redirect', status: 302, to: 'http://127.0.0.1:9/', times: 1 });
  expect((await logOff(born())).headers.location).toBe('http://127.0.0.1:9/');
  sandbox.fault({ is: 'too-large', times: 1 });
  expect((await logOff(born())).text.length).toBeGreaterThan(1024 * 1024);
  sandbox.fault({ is: 'maintenance', as: 'error-28' });
  expect((await logOff(born())).text).toContain('"code":"28"');
  expect((await ask(sandbox, '/api.asp?cmd=logoff')).text).toContain('<error code="28">');
});

it('cuts the connection before anything happened, or after the token died', async () => {
  const [kept, lost] = [born(), born()];
  sandbox.fault({ is: 'reset', times: 1 });
  await expect(logOff(kept)).rejects.toThrow();
  expect(sandbox.life(kept)?.diedAt).toBeUndefined();
  sandbox.fault({ is: 'lose-reply', times: 1 });
  await expect(logOff(lost)).rejects.toThrow();
  expect(sandbox.life(lost)?.diedBy).toBe('json');
});

it('cuts its reply in the middle, after the token died', async () => {
  const token = born();
  sandbox.fault({ is: 'cut', command: 'logoff', times: 1 });
  const received = await new Promise<string>(resolve => {
    let text = '';
    const body = JSON.stringify({ token });
    const socket = connect(sandbox.port, '127.0.0.1');
    socket.write(
      `POST /api/logoff HTTP/1.1\r\nHost: acme.fogbugz.com\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    socket.on('data', chunk => {
      text += chunk.toString();
    });
    socket.on('close', () => resolve(text));
  });
  expect(sandbox.life(token)?.diedBy).toBe('json');
  const [, announced = '', body = ''] =
    /content-length: (\d+)[\s\S]*?\r\n\r\n([\s\S]*)$/i.exec(received) ?? [];
  expect(body).toMatch(/^\{"data"/);
  expect(Number(announced)).toBeGreaterThan(body.length);
  expect((await logOff(born())).status).toBe(200);
});

it('hits only what carries a token, or only what carries none', async () => {
  sandbox.fault({ is: 'status', status: 503, command: 'viewPerson', token: 'without' });
  const asked = async (json: object) => (await ask(sandbox, '/api/viewPerson', { json })).status;
  expect(await asked({})).toBe(503);
  expect(await asked({ token: born() })).toBe(200);
  sandbox.clearFaults();
  sandbox.fault({ is: 'status', status: 503, command: 'viewPerson', token: 'with' });
  expect(await asked({})).not.toBe(503);
  expect(await asked({ token: born() })).toBe(503);
});

it('can leave a request without an answer, and without an end', async () => {
  sandbox.fault({ is: 'hang', command: 'logoff' });
  sandbox.fault({ is: 'endless', command: 'logon' });
  const hanging = expect(logOff(born())).rejects.toThrow();
  await expect
    .poll(() => sandbox.requests().at(-1))
    .toMatchObject({ outcome: 'fault: hang', status: undefined });

  const received = await new Promise<number>(resolve => {
    let length = 0;
    const socket = connect(sandbox.port, '127.0.0.1');
    socket.write('POST /api/logon HTTP/1.1\r\nHost: acme.fogbugz.com\r\nContent-Length: 0\r\n\r\n');
    socket.on('data', chunk => {
      length += chunk.length;
      if (length > 2000) socket.destroy();
    });
    socket.on('close', () => resolve(length));
  });
  expect(received).toBeGreaterThan(2000);
  await sandbox.stop();
  await hanging;
});

it('delays the reply but not the deed', async () => {
  const token = born();
  sandbox.fault({ is: 'latency', ms: 80 });
  await logOff(token);
  const request = sandbox.requests().at(-1);
  const diedAt = sandbox.life(token)?.diedAt ?? Number.NaN;
  expect((request?.answeredAt ?? 0) - diedAt).toBeGreaterThanOrEqual(75);
  expect(request).toMatchObject({ outcome: 'logged-off', status: 200 });
});

it('hits one host, one command, so many times, until it is called off', async () => {
  sandbox.fault({ is: 'html', host: 'beta.fogbugz.com' });
  sandbox.fault({ is: 'status', status: 503, command: 'logoff', times: 2 });
  const statuses = async (command: string) => {
    const replies = [
      await logOff(born(), command),
      await logOff(born(), command),
      await logOff(born(), command),
    ];
    return replies.map(({ status }) => status);
  };
  expect(await statuses('/api/logon')).toEqual([200, 200, 200]);
  expect(await statuses('/api/logoff')).toEqual([503, 503, 200]);
  expect((await ask(sandbox, '/api.xml', { host: 'beta.fogbugz.com' })).text).toContain('<!DOCTYPE html>');
  expect(sandbox.faults()).toHaveLength(1);
  const callOff = sandbox.fault({ is: 'status', status: 500 });
  callOff();
  sandbox.clearFaults();
  expect((await ask(sandbox, '/api.xml', { host: 'beta.fogbugz.com' })).text).toContain('api.asp?');
});

it('records a reply that nobody waited for as done and unanswered', async () => {
  const token = born();
  sandbox.fault({ is: 'latency', ms: 60 });
  const body = JSON.stringify({ token });
  const socket = connect(sandbox.port, '127.0.0.1');
  socket.write(
    `POST /api/logoff HTTP/1.1\r\nHost: acme.fogbugz.com\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  await expect.poll(() => sandbox.life(token)?.diedBy).toBe('json');
  socket.destroy();
  await expect.poll(() => sandbox.requests()[0]).toMatchObject({ outcome: 'logged-off', status: undefined });
});
