import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { until } from '../../e2e/until.ts';
import { longestMessage } from '../guard-messages.ts';
import { frame } from './frames.ts';
import {
  armAll,
  birth,
  createHome,
  dead,
  type HostOptions,
  newProfile,
  serveFogBugz,
  siteOf,
  useBuiltGuard,
} from './stage/stage.ts';

const { program } = useBuiltGuard();

async function connected(options: HostOptions = {}) {
  const home = createHome(program);
  const browser = await home.browse();
  const port = await browser.connect(home.host(options));
  return { home, browser, port };
}

const hello = (protocol = 1, sessions: string[] = []) =>
  ({ do: 'hello', protocol, version: '1.0', profile: newProfile(), sessions }) as const;

function header(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(length);
  return bytes;
}

const mebibyte = 1024 * 1024;

/** The most that a process ever had in memory, in bytes. */
function mostHeldBy(pid: number | undefined): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (kilobytes === undefined) throw new Error('The process tells nothing of its memory');
  return Number(kilobytes) * 1024;
}

describe('the host', () => {
  it.each(['chromium', 'firefox'] as const)('answers the hello of %s', async family => {
    const { port } = await connected({ family });
    port.say(hello());
    expect(await port.reply('hello')).toMatchObject({ protocol: 1, fit: 'fits' });
  });

  it.each([
    ['an extension that is not on its list', ['chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba/']],
    ['an add-on that is not on its list', ['/somewhere/host.json', 'stranger@example.com']],
    ['a web page', ['https://acme.fogbugz.com/']],
    ['nobody at all', []],
  ])('serves no other caller: %s', async (_, caller) => {
    const { port } = await connected({ caller });
    expect(await port.reply('refused')).toEqual({ is: 'refused', why: 'caller' });
    await port.hostExit();
  });

  it('says whose version is behind, and takes no session then', async () => {
    const { port } = await connected();
    port.say(hello(2));
    expect(await port.reply('hello')).toMatchObject({ fit: 'guard-outdated' });
    port.say({ do: 'status' });
    expect(await port.reply('refused')).toEqual({ is: 'refused', why: 'outdated' });
    port.say(hello(0));
    await port.reply('hello', ({ fit }) => fit === 'extension-outdated');
    port.say(hello());
    await port.reply('hello', ({ fit }) => fit === 'fits');
  });

  it('does nothing before a hello', async () => {
    const { port } = await connected();
    port.say({ do: 'status' });
    expect(await port.reply('refused')).toEqual({ is: 'refused', why: 'hello-first' });
  });

  it('goes on after messages that are none', async () => {
    const sandbox = await serveFogBugz();
    const { browser, port } = await connected();
    const token = birth(sandbox);
    await armAll(port, sandbox, [token]);
    const site = siteOf(sandbox);
    const evil = { ...site, endpoint: 'https://evil.example/f/api/0/jsonapi' };
    const junk = [
      null,
      'hello',
      { do: 'forget everything' },
      { do: 'arm', session: 'x' },
      { do: 'arm', session: 'x', token: 'has space', site },
      // A token goes to its own site and to no other.
      { do: 'arm', session: 'x', token, site: evil },
      {
        do: 'arm',
        session: 'x',
        token,
        site: { ...site, base: 'file:///etc/', endpoint: 'file:///etc/passwd' },
      },
      { do: 'disarm', session: 'y'.repeat(1000) },
    ];
    for (const message of junk) port.write(frame(Object(message)));
    port.write(Buffer.concat([header(5), Buffer.from('{"do"')]));
    port.say({ do: 'status' });
    expect(await port.reply('status')).toEqual({ is: 'status', armed: ['session-0'] });
    const refused = port.replies.filter(({ is }) => is === 'refused');
    expect(refused).toEqual([
      ...junk.map(() => ({ is: 'refused', why: 'unknown' })),
      { is: 'refused', why: 'broken' },
    ]);
    browser.kill();
    await dead(sandbox, [token]);
  });

  it('lets a hundred megabytes pass by without holding them', async () => {
    const { home, port } = await connected();
    port.say(hello());
    await port.reply('hello');
    const chunk = Buffer.alloc(mebibyte, 'x');
    /** One message of so many mebibytes, all of which the host has read. Told: the most that it ever held, in bytes. */
    const pass = async (count: number, nth: number): Promise<number> => {
      port.write(header(count * chunk.length));
      for (let sent = 0; sent < count; sent += 1) port.write(chunk);
      port.say({ do: 'status' });
      const answers = () => port.replies.filter(({ is }) => is === 'status');
      await until('the answer to what came after it', () => answers().length === nth);
      return mostHeldBy(home.guards()[0]?.pid);
    };
    // A collector leaves some of it lying about for a while, however little is held: of twenty as of a hundred.
    const usual = await pass(20, 1);
    expect(await pass(100, 2)).toBeLessThan(usual + 50 * mebibyte);
    const refusal = { is: 'refused', why: 'too-long' };
    expect(port.replies.filter(({ is }) => is === 'refused')).toEqual([refusal, refusal]);
  });

  it('takes a message of one mebibyte, and not a byte more', async () => {
    const { port } = await connected();
    const sized = (bytes: number) => {
      const padding = bytes - JSON.stringify({ ...hello(), padding: '' }).length;
      return frame({ ...hello(), padding: 'x'.repeat(padding) });
    };
    port.write(sized(longestMessage));
    await port.reply('hello');
    port.write(sized(longestMessage + 1));
    expect(await port.reply('refused')).toEqual({ is: 'refused', why: 'too-long' });
  });

  it('survives a pipe that breaks off within a message', async () => {
    const sandbox = await serveFogBugz();
    const { browser, home, port } = await connected();
    const token = birth(sandbox);
    await armAll(port, sandbox, [token]);
    port.write(Buffer.concat([header(1000), Buffer.from('{"do":')]));
    browser.kill();
    await dead(sandbox, [token]);
    await until('the Guard to be gone', () => home.guards().length === 0);
  });

  it('says why a site can’t be reached, and guards it all the same', async () => {
    const sandbox = await serveFogBugz();
    const { browser, port } = await connected();
    const token = birth(sandbox);
    await sandbox.pause();
    await armAll(port, sandbox, [token]);
    expect(await port.reply('armed')).toMatchObject({
      session: 'session-0',
      probe: { is: 'failed', why: 'unreachable', detail: 'the server refused the connection' },
    });
    await sandbox.resume();
    port.say({ do: 'arm', session: 'session-0', token, site: siteOf(sandbox) });
    await port.reply('armed', ({ probe }) => probe.is === 'ok');
    browser.kill();
    await dead(sandbox, [token]);
  });

  it('asks a site without the token, and once for all its sessions', async () => {
    const sandbox = await serveFogBugz();
    const { port } = await connected();
    const tokens = Array.from({ length: 50 }, () => birth(sandbox));
    await armAll(port, sandbox, tokens);
    expect(sandbox.requests().map(({ command, token }) => [command, token])).toEqual([
      ['viewPerson', undefined],
    ]);
  });

  it('hands out the receipts of its own profile, until they are acknowledged', async () => {
    const sandbox = await serveFogBugz();
    const home = createHome(program);
    const tokens = [birth(sandbox), birth(sandbox)];
    const first = await home.browse();
    const profile = await armAll(await first.connect(home.host()), sandbox, tokens);
    first.kill();
    await until('the Guard to be gone', () => home.guards().length === 0);

    const next = await home.browse();
    const port = await next.connect(home.host());
    await armAll(port, sandbox, [], profile);
    port.say({ do: 'receipts' });
    const { receipts } = await port.reply('receipts');
    expect(receipts.map(({ session }) => session).sort()).toEqual(['session-0', 'session-1']);
    port.say({ do: 'acknowledge', sessions: ['session-0'] });
    await until('the receipt to go', async () => (await home.receipts(profile)).length === 1);
    // An extension with nothing to guard lets go at once: what it asked for before that is done all the same.
    port.say({ do: 'acknowledge', sessions: ['session-1'] });
    port.disconnect();
    expect(await port.hostExit()).toMatchObject({ status: 0 });
    expect(await home.receipts(profile)).toEqual([]);

    const stranger = await next.connect(home.host());
    await armAll(stranger, sandbox, []);
    stranger.say({ do: 'receipts' });
    expect(await stranger.reply('receipts')).toEqual({ is: 'receipts', receipts: [] });
  });

  it('ends with its pipe, and leaves nothing, if nothing was armed', async () => {
    const { home, port } = await connected();
    port.say(hello());
    await port.reply('hello');
    port.disconnect();
    expect(await port.hostExit()).toMatchObject({ status: 0 });
    expect(home.guards()).toEqual([]);
  });

  it('may be there twice for one profile', async () => {
    const sandbox = await serveFogBugz();
    const { home, browser, port } = await connected();
    const tokens = [birth(sandbox), birth(sandbox)];
    const [first = '', second = ''] = tokens;
    const profile = await armAll(port, sandbox, [first]);
    await armAll(await browser.connect(home.host()), sandbox, [second], profile);
    browser.kill();
    await dead(sandbox, tokens);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(tokens.map(token => sandbox.life(token)?.logOffsAsked)).toEqual([1, 1]);
  });
});
