import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../../e2e/until.ts';
import { startProxy } from './stage/proxy.ts';
import { armAll, birth, createHome, dead, serveFogBugz, siteOf, useBuiltGuard } from './stage/stage.ts';

const { program } = useBuiltGuard();

async function proxied() {
  const proxy = await startProxy();
  onTestFinished(proxy.close);
  return proxy;
}

describe('the way to a site', () => {
  it('is barred where its certificate is not trusted, and says so when arming', async () => {
    const sandbox = await serveFogBugz({ tls: 'http/1.1' });
    const home = createHome(program);
    const port = await (await home.browse()).connect(home.host());
    await armAll(port, sandbox, [birth(sandbox)]);
    expect(await port.reply('armed')).toMatchObject({
      probe: { is: 'failed', why: 'unreachable', detail: expect.stringContaining('certificate') },
    });
  });

  it('stays barred though the environment says that nobody is to look at certificates', async () => {
    const sandbox = await serveFogBugz({ tls: 'http/1.1' });
    const home = createHome(program);
    const browser = await home.browse({ more: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
    const port = await browser.connect(home.host());
    const token = birth(sandbox);
    await armAll(port, sandbox, [token]);
    expect(await port.reply('armed')).toMatchObject({
      probe: { is: 'failed', why: 'unreachable', detail: expect.stringContaining('certificate') },
    });
    browser.kill();
    await until('a watcher, which has tried in vain', () => home.watchers().length === 1);
    expect(sandbox.requests()).toEqual([]);
  });

  it.each(['http/1.1', 'http/2'] as const)('is open with NODE_EXTRA_CA_CERTS, over TLS (%s)', async tls => {
    const sandbox = await serveFogBugz({ tls });
    const home = createHome(program);
    const authority = join(home.home, 'authority.pem');
    writeFileSync(authority, sandbox.authority);
    const browser = await home.browse({ more: { NODE_EXTRA_CA_CERTS: authority } });
    const port = await browser.connect(home.host());
    const token = birth(sandbox);
    await armAll(port, sandbox, [token]);
    expect(await port.reply('armed')).toMatchObject({ probe: { is: 'ok' } });
    browser.kill();
    await dead(sandbox, [token]);
  });

  it('leads through HTTPS_PROXY to a name that only the proxy knows, for host and watcher', async () => {
    const sandbox = await serveFogBugz({ tls: 'http/1.1' });
    const proxy = await proxied();
    const home = createHome(program);
    const authority = join(home.home, 'authority.pem');
    writeFileSync(authority, sandbox.authority);
    const more = { NODE_EXTRA_CA_CERTS: authority, HTTPS_PROXY: proxy.url };
    const browser = await home.browse({ more });
    const port = await browser.connect(home.host());
    const token = sandbox.birth('acme.fogbugz.com', 'ada@example.com', 'web');
    const url = sandbox.siteUrl('acme.fogbugz.com');
    await armAll(port, { ...sandbox, url }, [token]);
    expect(await port.reply('armed')).toMatchObject({ probe: { is: 'ok' } });
    port.disconnect();
    await until('the watcher', () => home.watchers().length === 1);
    browser.kill();
    await dead(sandbox, [token]);
    expect(proxy.asked()).toContain(`CONNECT acme.fogbugz.com:${sandbox.port}`);
  });

  it('leads through HTTP_PROXY, and past it where NO_PROXY says so', async () => {
    const sandbox = await serveFogBugz();
    const proxy = await proxied();
    const home = createHome(program);
    const browser = await home.browse({
      more: { http_proxy: proxy.url.replace('http://', ''), NO_PROXY: '127.0.0.1' },
    });
    const port = await browser.connect(home.host());
    const near = birth(sandbox);
    const far = sandbox.birth('acme.fogbugz.com', 'ada@example.com', 'web');
    await armAll(port, sandbox, [near]);
    const url = sandbox.siteUrl('acme.fogbugz.com');
    port.say({ do: 'arm', session: 'far', token: far, site: siteOf({ url }) });
    await port.reply('armed', ({ session, probe }) => session === 'far' && probe.is === 'ok');
    browser.kill();
    await dead(sandbox, [near, far]);
    // Twice: the probe and the log-off. Not by CONNECT, which proxies often keep for https.
    expect(proxy.asked()).toEqual([`POST ${url}f/api/0/jsonapi`, `POST ${url}f/api/0/jsonapi`]);
  });
});
