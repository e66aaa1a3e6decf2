import { X509Certificate } from 'node:crypto';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { ask, logOnAtPage, pageOpens } from './ask.ts';
import { type Sandbox, type SandboxEvent, type SandboxOptions, startSandbox } from './sandbox.ts';

const started: Sandbox[] = [];
const start = async (options?: Partial<SandboxOptions>) => {
  const sandbox = await startSandbox(options);
  started.push(sandbox);
  return sandbox;
};
afterEach(async () => {
  for (const sandbox of started.splice(0)) await sandbox.stop();
});

it('signs its certificate with an authority of its own', async () => {
  const { certificate } = await start({ tls: 'http/1.1' });
  const [authority, leaf] = [certificate?.authority ?? '', certificate?.certificate ?? ''].map(
    pem => new X509Certificate(pem),
  );
  expect(authority?.ca).toBe(true);
  expect(leaf?.ca).toBe(false);
  expect(leaf?.checkIssued(authority ?? leaf)).toBe(true);
  for (const name of ['acme.fogbugz.com', 'fogbugz.com', 'acme.manuscript.com', 'localhost']) {
    expect(leaf?.checkHost(name)).toBeDefined();
  }
  expect(leaf?.checkIP('127.0.0.1')).toBe('127.0.0.1');
});

it('speaks HTTP/2, and HTTP/1.1 on the same port', async () => {
  const sandbox = await start({ tls: 'http/2' });
  const session = http2.connect(sandbox.url, { ca: sandbox.authority });
  const stream = session.request({
    ':path': '/f/cases',
    ':authority': 'beta.fogbugz.com',
    cookie: ['a=1', 'b=2'],
  });
  const headers = await new Promise<http2.IncomingHttpHeaders>(resolve => stream.on('response', resolve));
  expect(headers).toMatchObject({ ':status': 302, location: '/login?dest=%2Ff%2Fcases' });
  session.close();
  await ask(sandbox, '/api.xml');
  expect(sandbox.requests()).toMatchObject([
    { protocol: 'http/2', host: 'beta.fogbugz.com', cookies: { a: '1', b: '2' } },
    { protocol: 'http/1.1', host: 'acme.fogbugz.com', command: 'discovery' },
  ]);
});

it('cuts an HTTP/2 connection by fault', async () => {
  const sandbox = await start({ tls: 'http/2' });
  sandbox.fault({ is: 'reset' });
  const session = http2.connect(sandbox.url, { ca: sandbox.authority });
  session.on('error', () => undefined);
  const closed = new Promise<void>(resolve => session.on('close', resolve));
  session.request({ ':path': '/api.xml' }).on('error', () => undefined);
  await closed;
  expect(sandbox.requests()).toMatchObject([{ outcome: 'fault: reset', status: undefined }]);
});

it.each(['off', 'http/1.1'] as const)('tells a connection used again from a new one (TLS %s)', async tls => {
  const sandbox = await start({ tls });
  const agent = new (tls === 'off' ? http : https).Agent({ keepAlive: true, maxSockets: 1 });
  await ask(sandbox, '/api.xml', { agent });
  await ask(sandbox, '/api.xml', { agent });
  await ask(sandbox, '/api.xml');
  agent.destroy();
  const [first, second, third] = sandbox.requests();
  expect([first?.reused, second?.reused, third?.reused]).toEqual([false, true, false]);
  expect(second?.connection).toBe(first?.connection);
  expect(third?.connection).not.toBe(first?.connection);
});

it.each(['off', 'http/1.1', 'http/2'] as const)('closes a connection that idles (TLS %s)', async tls => {
  const sandbox = await start({ tls, idleLimitMs: 50 });
  const agent = new (tls === 'off' ? http : https).Agent({ keepAlive: true });
  await ask(sandbox, '/api.xml', { agent });
  await expect.poll(() => sandbox.connections()[0]?.closedAt, { timeout: 5000 }).toBeDefined();
  agent.destroy();
});

it('keeps its tokens while it is paused, and comes back on its port', async () => {
  const sandbox = await start();
  const token = await logOnAtPage(sandbox);
  const cut = new Promise<void>(resolve => {
    const socket = connect(sandbox.port, '127.0.0.1', () => sandbox.pause());
    socket.on('error', () => undefined).on('close', () => resolve());
  });
  await cut;
  await sandbox.pause();
  await expect(pageOpens(sandbox, token)).rejects.toThrow('ECONNREFUSED');
  await sandbox.resume();
  expect(await pageOpens(sandbox, token)).toBe(true);
});

it('starts again with the tokens and the certificate of the one before', async () => {
  const before = await start({ tls: 'http/1.1' });
  const token = await logOnAtPage(before);
  await before.stop();
  const { certificate } = before;
  const after = await start({
    tls: 'http/1.1',
    port: before.port,
    tokens: before.tokens(),
    ...(certificate ? { certificate } : {}),
  });
  expect(await pageOpens(after, token)).toBe(true);
});

it('tells of births, requests and deaths as they happen', async () => {
  const sandbox = await start();
  const events: SandboxEvent[] = [];
  const hush = sandbox.on(event => events.push(event));
  const token = sandbox.birth('acme.fogbugz.com', 'ada@example.com');
  await ask(sandbox, '/api/logoff', { json: { token } });
  hush();
  sandbox.birth('acme.fogbugz.com', 'ada@example.com');
  expect(events.map(({ is }) => is)).toEqual(['birth', 'request', 'death', 'answered']);
  expect(events[1]).toMatchObject({ request: { command: 'logoff', token, body: JSON.stringify({ token }) } });
});

it('does not act on a request that was cut off', async () => {
  const sandbox = await start();
  const token = sandbox.birth('acme.fogbugz.com', 'ada@example.com');
  const socket = connect(sandbox.port, '127.0.0.1');
  socket.write('POST /api/logoff HTTP/1.1\r\nHost: acme.fogbugz.com\r\nContent-Length: 99\r\n\r\n{"token":"');
  await expect.poll(() => sandbox.requests()).toHaveLength(1);
  socket.destroy();
  await expect.poll(() => sandbox.requests()[0]?.outcome).toBe('cut off');
  expect(sandbox.life(token)?.diedAt).toBeUndefined();
});

it('shows its state and takes orders from other processes', async () => {
  const sandbox = await start();
  const post = (what: string, json: object) => ask(sandbox, `/sandbox/${what}`, { json });
  const { token } = JSON.parse(
    (await post('birth', { host: 'acme.fogbugz.com', email: 'ada@example.com' })).text,
  );
  await post('switch', { name: 'jsonErrorStatus', value: '200' });
  await post('fault', { is: 'status', status: 503, times: 1 });
  expect((await ask(sandbox, '/api/logoff', { json: { token } })).status).toBe(503);
  await post('kill', { token });
  expect((await ask(sandbox, '/api/logoff', { json: { token } })).status).toBe(200);
  const state = JSON.parse((await ask(sandbox, '/sandbox/state.json')).text);
  expect(state.tokens).toMatchObject([{ token, diedBy: 'administrator', logOffsAsked: 2 }]);
  expect(state.requests).toHaveLength(2);
  expect((await post('switch', { name: 'nonsense', value: '' })).text).toContain('No switch');
  expect((await post('fault', { is: 'nonsense' })).status).toBe(400);
  expect((await ask(sandbox, '/sandbox')).text).toContain('<title>FogBugz sandbox</title>');
});
