import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../../e2e/until.ts';
import { mostSessions } from '../guard-messages.ts';
import {
  armAll,
  birth,
  createHome,
  dead,
  newProfile,
  serveFogBugz,
  siteOf,
  useBuiltGuard,
} from './stage/stage.ts';

/** The real Guard, and everything around it that can break. */

const { program } = useBuiltGuard();

describe('a Guard', () => {
  it('does its work though nothing can be written: neither receipt nor mark nor claim', async () => {
    const sandbox = await serveFogBugz();
    const home = createHome(program);
    // A file where the folder should be stands for a full disk, for root too.
    mkdirSync(dirname(home.state), { recursive: true });
    writeFileSync(home.state, '');
    const browser = await home.browse();
    const port = await browser.connect(home.host());
    const token = birth(sandbox);
    const profile = await armAll(port, sandbox, [token]);
    await sandbox.pause();
    browser.kill();
    await until('the watcher', () => home.watchers().length === 1);
    await sandbox.resume();
    await dead(sandbox, [token]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(await home.receipts(profile)).toEqual([]);
  });

  it('does its work though every file that it writes is cut off at once', async () => {
    const sandbox = await serveFogBugz();
    const home = createHome(program);
    const browser = await home.browse();
    const limited = ['sh', '-c', 'ulimit -f 0; trap "" XFSZ; exec "$0" "$@"', ...home.host()];
    const port = await browser.connect(limited);
    const token = birth(sandbox);
    const profile = await armAll(port, sandbox, [token]);
    browser.kill();
    await dead(sandbox, [token]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(await home.receipts(profile)).toEqual([]);
    expect(home.files()).not.toContain(token);
  });

  it('killed while it retries leaves the log-off to the next start, and no trace of the token', async () => {
    const sandbox = await serveFogBugz();
    const home = createHome(program);
    const browser = await home.browse();
    const token = birth(sandbox);
    const profile = await armAll(await browser.connect(home.host()), sandbox, [token]);
    sandbox.fault({ is: 'status', status: 503 });
    browser.kill();
    await until('a vain attempt', () => (sandbox.life(token)?.logOffsAsked ?? 0) > 0);
    const [watcher] = await until('the watcher', () => home.watchers().length === 1 && home.watchers());
    if (watcher) process.kill(watcher.pid, 'SIGKILL');
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(sandbox.life(token)?.diedAt).toBeUndefined();
    // No receipt: the extension still owes it, and that is what stands in its store.
    expect(await home.receipts(profile)).toEqual([]);
    expect(home.files()).not.toContain(token);
  });

  it('takes thousands of arm and disarm, in pieces, and ends with what was armed last', async () => {
    const sandbox = await serveFogBugz();
    const home = createHome(program);
    const browser = await home.browse();
    const port = await browser.connect(home.host());
    const [kept = '', dropped = ''] = [birth(sandbox), birth(sandbox)];
    await armAll(port, sandbox, [dropped]);
    const site = siteOf(sandbox);
    for (let round = 0; round < 2_000; round += 1) {
      port.say({ do: 'arm', session: `round-${round % 50}`, site, token: round % 2 === 0 ? kept : dropped });
      port.say({ do: 'disarm', session: `round-${round % 50}` });
    }
    port.say({ do: 'disarm', session: 'session-0' });
    port.say({ do: 'arm', session: 'last', site, token: kept });
    port.say({ do: 'status' });
    expect(await port.reply('status')).toEqual({ is: 'status', armed: ['last'] });
    browser.kill();
    await dead(sandbox, [kept]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(sandbox.life(dropped)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    expect(sandbox.life(kept)).toMatchObject({ logOffsAsked: 1 });
  });

  it('takes a thousand sessions, and says when it takes no more', async () => {
    const sandbox = await serveFogBugz();
    const home = createHome(program);
    const port = await (await home.browse()).connect(home.host());
    const token = birth(sandbox);
    port.say({ do: 'hello', protocol: 1, version: '1.0', profile: newProfile(), sessions: [] });
    const site = siteOf(sandbox);
    for (let session = 0; session <= mostSessions; session += 1)
      port.say({ do: 'arm', session: String(session), site, token });
    expect(await port.reply('refused')).toEqual({ is: 'refused', why: 'full' });
    port.say({ do: 'status' });
    expect((await port.reply('status')).armed).toHaveLength(mostSessions);
    for (let session = 0; session < mostSessions; session += 1)
      port.say({ do: 'disarm', session: String(session) });
    port.say({ do: 'status' });
    await port.reply('status', ({ armed }) => armed.length === 0);
  });

  it('gets its log-offs past a proxy that hangs, as soon as that answers again', async () => {
    const sandbox = await serveFogBugz();
    const target = new URL(sandbox.url);
    let hangs = true;
    // A proxy that takes connections and says nothing, until it is mended; then each is passed on as it is.
    const proxy: Server = createServer(client => {
      client.on('error', () => undefined);
      if (hangs) return;
      client.once('data', head => {
        const text = head.toString('latin1').replace(/^(\w+) http:\/\/[^/]+/, '$1 ');
        void fetch(new URL('/f/api/0/jsonapi', target), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: text.slice(text.indexOf('\r\n\r\n') + 4),
        })
          .then(reply => reply.text())
          .then(body => client.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`));
      });
    });
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void proxy.close());
    const address = proxy.address();
    if (address === null || typeof address === 'string') throw new Error('No port');
    const home = createHome(program);
    const browser = await home.browse({ more: { HTTP_PROXY: `http://127.0.0.1:${address.port}` } });
    const port = await browser.connect(home.host());
    const token = birth(sandbox);
    port.say({ do: 'hello', protocol: 1, version: '1.0', profile: newProfile(), sessions: ['one'] });
    port.say({ do: 'arm', session: 'one', site: siteOf(sandbox), token });
    expect(await port.reply('armed')).toMatchObject({ probe: { is: 'failed', why: 'timed-out' } });
    browser.kill();
    await until('the watcher, which goes on trying', () => home.watchers().length === 1);
    hangs = false;
    await until('the token to be dead', () => sandbox.life(token)?.diedAt !== undefined, { ms: 40_000 });
  });

  it('started by its launcher writes no image of its memory, should it crash', async () => {
    const home = createHome(program);
    const env = { ...home.env, XDG_CONFIG_HOME: join(home.home, '.config') };
    spawnSync(process.execPath, [program, 'install', '--browser', 'chromium'], { env });
    const launcher = join(home.home, '.local/share/logoff-on-close/guard');
    const script = readFileSync(launcher, 'utf8');
    writeFileSync(launcher, script.replace(/exec .*/, 'ulimit -c'));
    chmodSync(launcher, 0o755);
    const shell = spawnSync('sh', ['-c', 'ulimit -c unlimited 2>/dev/null; exec "$0"', launcher], {
      encoding: 'utf8',
    });
    expect(shell.stdout.trim()).toBe('0');
  });
});
