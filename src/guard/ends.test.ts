import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../../e2e/until.ts';
import { envelope, serveReply } from '../fogbugz/stage/loopback.ts';
import {
  armAll,
  type BrowserOptions,
  birth,
  createHome,
  dead,
  type HostOptions,
  isDead,
  newProfile,
  serveFogBugz,
  siteOf,
  useBuiltGuard,
} from './stage/stage.ts';
import { runningWatchers } from './watcher.ts';

const { program } = useBuiltGuard();

/** A browser in which one session is armed. */
async function armed(options: BrowserOptions & HostOptions = {}) {
  const sandbox = await serveFogBugz();
  const home = createHome(program);
  const browser = await home.browse(options);
  const port = await browser.connect(home.host(options));
  const token = birth(sandbox);
  const profile = await armAll(port, sandbox, [token]);
  return { sandbox, home, browser, port, token, profile };
}

/** Which of the two depends on how busy this machine is. */
const goneWithBrowser = expect.stringMatching(/^browser-(?:died|closed)$/);

const asked = (sandbox: Awaited<ReturnType<typeof serveFogBugz>>, token: string) =>
  sandbox.life(token)?.logOffsAsked;

describe('when the browser is gone, the Guard logs off', () => {
  it('after SIGKILL, once, and leaves a receipt and nothing that runs', async () => {
    const { sandbox, home, browser, token, profile } = await armed();
    browser.kill();
    await dead(sandbox, [token]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(asked(sandbox, token)).toBe(1);
    expect(await home.receipts(profile)).toMatchObject([
      { session: 'session-0', outcome: 'logged-off', attempts: 1, ended: goneWithBrowser },
    ]);
  });

  it('a private window’s session, and leaves nothing of it on the disk', async () => {
    const { sandbox, home, browser, port, token, profile } = await armed();
    const other = birth(sandbox);
    port.say({
      do: 'arm',
      session: 'of-a-private-window',
      token: other,
      site: siteOf(sandbox),
      private: true,
    });
    await until('both to be armed', () => port.replies.filter(({ is }) => is === 'armed').length >= 2);
    browser.kill();
    await dead(sandbox, [token, other]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(await home.receipts(profile)).toMatchObject([{ session: 'session-0' }]);
    expect(home.files()).not.toContain('of-a-private-window');
  });

  it.each(['chromium', 'firefox'] as const)(
    'after SIGKILL with a parent that never reaps (%s)',
    async family => {
      const { sandbox, home, browser, token, profile } = await armed({ family, parent: 'unreaped' });
      browser.kill();
      await dead(sandbox, [token]);
      await until('the Guard to be gone', () => home.guards().length === 0);
      expect(await home.receipts(profile)).toMatchObject([{ ended: goneWithBrowser }]);
    },
  );

  it('after a graceful end like Chromium’s', async () => {
    const { sandbox, home, browser, token, profile } = await armed();
    browser.end('chromium');
    await dead(sandbox, [token]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(asked(sandbox, token)).toBe(1);
    expect(await home.receipts(profile)).toMatchObject([{ ended: goneWithBrowser }]);
  });

  it('after a graceful end like Firefox’s, which waits for the host', async () => {
    const { sandbox, home, browser, token, profile } = await armed({ family: 'firefox' });
    browser.end('firefox');
    await dead(sandbox, [token]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(asked(sandbox, token)).toBe(1);
    expect(await home.receipts(profile)).toMatchObject([{ ended: goneWithBrowser }]);
  });

  it('where the session had already ended, and says so', async () => {
    const { sandbox, home, browser, token, profile } = await armed();
    sandbox.kill(token);
    browser.kill();
    await until('the receipt', async () => (await home.receipts(profile)).length > 0);
    expect(await home.receipts(profile)).toMatchObject([{ outcome: 'already-off' }]);
  });

  it('hundreds of sessions, each asked for once', async () => {
    const sandbox = await serveFogBugz();
    const home = createHome(program);
    const browser = await home.browse();
    const port = await browser.connect(home.host());
    const tokens = Array.from({ length: 300 }, () => birth(sandbox));
    const profile = await armAll(port, sandbox, tokens);
    browser.kill();
    await dead(sandbox, tokens);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(tokens.map(token => asked(sandbox, token))).toEqual(tokens.map(() => 1));
    expect(await home.receipts(profile)).toHaveLength(300);
  });

  it('whichever API the site speaks', async () => {
    const sandbox = await serveFogBugz({ basePath: '/fogbugz', switches: { jsonApi: 'no' } });
    const home = createHome(program);
    const browser = await home.browse();
    const port = await browser.connect(home.host());
    const token = birth(sandbox);
    await armAll(port, sandbox, []);
    const site = {
      base: sandbox.url,
      dialect: 'xml',
      endpoint: `${sandbox.url}api.asp?`,
      redirected: false,
    } as const;
    port.say({ do: 'arm', session: 'old', token, site });
    expect(await port.reply('armed')).toMatchObject({ probe: { is: 'ok' } });
    browser.kill();
    await dead(sandbox, [token]);
  });

  it('not what was disarmed', async () => {
    const { sandbox, home, browser, port, token } = await armed();
    port.say({ do: 'disarm', session: 'session-0' });
    port.say({ do: 'status' });
    expect(await port.reply('status')).toEqual({ is: 'status', armed: [] });
    browser.kill();
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(asked(sandbox, token)).toBe(0);
  });
});

describe('when only the pipe has closed', () => {
  it('the browser is not held up: nothing of it is left open by the watcher', async () => {
    const { home, port } = await armed({ family: 'firefox' });
    port.disconnect();
    expect(await port.hostExit()).toMatchObject({ status: 0 });
    await until('the browser to see the host gone', port.isSeenGone);
    await until('the watcher', () => home.watchers().length === 1);
  });

  it('the session stays if the extension comes back in time', async () => {
    const { sandbox, home, browser, port, token, profile } = await armed();
    port.disconnect();
    await until('the watcher', () => home.watchers().length === 1);
    await armAll(await browser.connect(home.host()), sandbox, [token], profile);
    await until('the watcher to drop out', () => home.watchers().length === 0);
    expect(isDead(sandbox, token)).toBe(false);
    expect(asked(sandbox, token)).toBe(0);
  });

  it('it logs off if the extension does not come back', async () => {
    const { sandbox, home, port, token, profile } = await armed({ returnWithinMs: 400 });
    port.disconnect();
    await dead(sandbox, [token]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(asked(sandbox, token)).toBe(1);
    expect(await home.receipts(profile)).toMatchObject([{ ended: 'extension-gone' }]);
  });

  it.each(['chromium', 'firefox'] as const)(
    'and the browser dies while it waits: at once (%s)',
    async family => {
      const { sandbox, home, browser, port, token, profile } = await armed({ family });
      port.disconnect();
      await until('the watcher', () => home.watchers().length === 1);
      browser.kill();
      await dead(sandbox, [token]);
      await until('the Guard to be gone', () => home.guards().length === 0);
      expect(await home.receipts(profile)).toMatchObject([{ ended: 'browser-closed' }]);
    },
  );

  it('a profile that closes is no business of another’s', async () => {
    const { sandbox, home, browser, port, token } = await armed();
    const otherPort = await browser.connect(home.host({ returnWithinMs: 300 }));
    const second = birth(sandbox);
    await armAll(otherPort, sandbox, [second], newProfile());
    otherPort.disconnect();
    await dead(sandbox, [second]);
    expect(isDead(sandbox, token)).toBe(false);
    port.say({ do: 'status' });
    expect(await port.reply('status')).toEqual({ is: 'status', armed: ['session-0'] });
  });
});

describe('when one of two browsers is killed, its sessions end and the other’s stay', () => {
  /** Two of one user, each with an extension, a Guard and a session of its own. */
  async function two() {
    const sandbox = await serveFogBugz();
    const home = createHome(program);
    const open = async (family: 'chromium' | 'firefox') => {
      const browser = await home.browse();
      const port = await browser.connect(home.host({ family }));
      const token = birth(sandbox);
      return { browser, port, token, profile: await armAll(port, sandbox, [token]) };
    };
    return { sandbox, home, gone: await open('chromium'), left: await open('firefox') };
  }

  it('with a host for each', async () => {
    const { sandbox, home, gone, left } = await two();
    gone.browser.kill();
    await dead(sandbox, [gone.token]);
    await until('its Guard to be gone', () => home.guards().length === 1);
    left.port.say({ do: 'status' });
    expect(await left.port.reply('status')).toEqual({ is: 'status', armed: ['session-0'] });
    expect([asked(sandbox, left.token), await home.receipts(left.profile)]).toEqual([0, []]);
    left.browser.kill();
    await dead(sandbox, [left.token]);
  });

  it('with a watcher for each', async () => {
    const { sandbox, home, gone, left } = await two();
    for (const { port } of [gone, left]) port.disconnect();
    await until('both watchers, alone', () => home.watchers().length === 2 && home.guards().length === 2);
    gone.browser.kill();
    await dead(sandbox, [gone.token]);
    await until('its Guard to be gone', () => home.guards().length === 1);
    expect(home.watchers()).toHaveLength(1);
    expect([asked(sandbox, left.token), await home.receipts(left.profile)]).toEqual([0, []]);
    left.browser.kill();
    await dead(sandbox, [left.token]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(await home.receipts(left.profile)).toMatchObject([{ ended: 'browser-closed' }]);
  });
});

describe('when the site can’t be reached at the end', () => {
  it('a watcher goes on until it can', async () => {
    const { sandbox, home, browser, token, profile } = await armed();
    await sandbox.pause();
    browser.kill();
    await until('the watcher', () => home.watchers().length === 1);
    await sandbox.resume();
    await dead(sandbox, [token]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    const [receipt] = await home.receipts(profile);
    expect(receipt).toMatchObject({ outcome: 'logged-off', ended: goneWithBrowser });
    expect(receipt?.attempts).toBeGreaterThan(1);
  });

  it('because it has moved while the browser was gone: where it is now, a private window’s too', async () => {
    const { sandbox, home, browser, port, token, profile } = await armed();
    const other = birth(sandbox);
    port.say({ do: 'arm', session: 'private', token: other, site: siteOf(sandbox), private: true });
    await port.reply('armed', ({ session }) => session === 'private');
    await sandbox.pause();
    browser.kill();
    await until('the watcher', () => home.watchers().length === 1);
    sandbox.move('/bugs');
    await sandbox.resume();
    await dead(sandbox, [token, other]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(await home.receipts(profile)).toMatchObject([{ session: 'session-0', outcome: 'logged-off' }]);
    const withIt = sandbox.requests().filter(({ body }) => body.includes(other));
    expect(withIt.map(({ path }) => path)).toEqual(['/f/api/0/jsonapi', '/bugs/f/api/0/jsonapi']);
  });

  it('because it has moved before: the host finds it, and needs no watcher', async () => {
    const { sandbox, home, browser, token, profile } = await armed();
    sandbox.move('/bugs');
    browser.kill();
    await dead(sandbox, [token]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(await home.receipts(profile)).toMatchObject([{ outcome: 'logged-off', attempts: 1 }]);
  });

  it('because it leads to another host: nothing is asked there, and it goes on here', async () => {
    const { sandbox, home, browser, token } = await armed();
    const elsewhere = await serveReply(200, envelope());
    const better = sandbox.fault({ is: 'redirect', status: 307, to: `${elsewhere.origin}/` });
    browser.kill();
    await until('it to look for the site', () => sandbox.requests().some(({ path }) => path === '/api.xml'));
    better();
    await dead(sandbox, [token]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(elsewhere.seen).toEqual([]);
  });

  it('other sites do not wait for it', async () => {
    const { sandbox, home, browser, port, token } = await armed();
    const hung = await serveFogBugz();
    const stuck = birth(hung);
    port.say({ do: 'arm', session: 'stuck', token: stuck, site: siteOf(hung) });
    await port.reply('armed', ({ session }) => session === 'stuck');
    hung.fault({ is: 'hang' });
    browser.kill();
    await dead(sandbox, [token]);
    expect(isDead(hung, stuck)).toBe(false);
    expect(home.guards()).toHaveLength(1);
  });

  it('a watcher that is asked to end tries once more first', async () => {
    const { sandbox, home, browser, token, profile } = await armed();
    await sandbox.pause();
    browser.kill();
    const [watcher = 0] = await until('the watcher at work', async () => {
      const working = await runningWatchers(home.state);
      return working.length > 0 && working;
    });
    await sandbox.resume();
    process.kill(watcher, 'SIGTERM');
    await dead(sandbox, [token]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(await home.receipts(profile)).toMatchObject([{ outcome: 'logged-off' }]);
  });

  it('a watcher that is asked to end goes on trying for the seconds that are left', async () => {
    const { sandbox, home, browser, token, profile } = await armed();
    const better = sandbox.fault({ is: 'reset', command: 'logoff' });
    browser.kill();
    const [watcher = 0] = await until('the watcher at work', async () => {
      const working = await runningWatchers(home.state);
      return working.length > 0 && working;
    });
    process.kill(watcher, 'SIGTERM');
    // One was perhaps under way, and one is due at once: it takes those that follow to be there for a server that is back.
    const before = asked(sandbox, token) ?? 0;
    await until('several more attempts', () => (asked(sandbox, token) ?? 0) >= before + 4);
    better();
    await dead(sandbox, [token]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(await home.receipts(profile)).toMatchObject([
      { outcome: 'logged-off', attempts: asked(sandbox, token), ended: goneWithBrowser },
    ]);
  });

  it('the host goes on by itself if it was uninstalled meanwhile', async () => {
    const copy = join(mkdtempSync(join(tmpdir(), 'guard-copy-')), 'guard.mjs');
    copyFileSync(program, copy);
    onTestFinished(() => rmSync(dirname(copy), { recursive: true }));
    const sandbox = await serveFogBugz();
    const home = createHome(copy);
    const browser = await home.browse();
    const port = await browser.connect(home.host());
    const token = birth(sandbox);
    await armAll(port, sandbox, [token]);
    rmSync(copy);
    const tried = sandbox.fault({ is: 'reset', command: 'logoff', times: 1 });
    browser.kill();
    await dead(sandbox, [token]);
    tried();
    expect(asked(sandbox, token)).toBe(2);
    expect(home.watchers()).toEqual([]);
  });

  it('a watcher that is killed leaves no receipt, so that the session stays owed', async () => {
    const { sandbox, home, browser, token, profile } = await armed();
    await sandbox.pause();
    browser.kill();
    const [watcher] = await until('the watcher', () => home.watchers().length === 1 && home.watchers());
    process.kill(watcher?.pid ?? 0, 'SIGKILL');
    await until('the Guard to be gone', () => home.guards().length === 0);
    await sandbox.resume();
    expect(await home.receipts(profile)).toEqual([]);
    expect(isDead(sandbox, token)).toBe(false);
  });
});

describe('when somebody ends the Guard itself', () => {
  it('at the machine’s shutdown it logs off as the browser goes', async () => {
    const { sandbox, home, browser, port, token } = await armed();
    process.kill(port.host, 'SIGTERM');
    browser.kill();
    await dead(sandbox, [token]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(asked(sandbox, token)).toBe(1);
  });

  it('but the browser lives: the session stays if the extension connects again', async () => {
    const { sandbox, home, browser, port, token, profile } = await armed();
    process.kill(port.host, 'SIGTERM');
    await port.hostExit();
    await until('the watcher', () => home.watchers().length === 1);
    await armAll(await browser.connect(home.host()), sandbox, [token], profile);
    await until('the watcher to drop out', () => home.watchers().length === 0);
    expect(isDead(sandbox, token)).toBe(false);
  });

  it('while it waits for the extension: it logs off at once', async () => {
    const { sandbox, home, port, token, profile } = await armed();
    port.disconnect();
    const [watcher = 0] = await until('the watcher at work', async () => {
      const working = await runningWatchers(home.state);
      return working.length > 0 && working;
    });
    process.kill(watcher, 'SIGTERM');
    await dead(sandbox, [token]);
    await until('the Guard to be gone', () => home.guards().length === 0);
    expect(await home.receipts(profile)).toMatchObject([{ ended: 'shutting-down' }]);
  });
});
