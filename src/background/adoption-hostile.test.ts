import { describe, expect, it, vi } from 'vitest';
import { isOnDemand } from '../fogbugz/address.ts';
import {
  acme,
  browser,
  fogbugz,
  held,
  keeper,
  logOn,
  setStage,
  settle,
  store,
  tabAt,
  there,
} from './stage/adoption-stage.ts';

/** Pages, hosts and networks that mean harm. The stage sees to it that no token goes to a host that is not its own. */

setStage();

describe('a cookie that is marked Secure', () => {
  it.each([
    [
      'over TLS, though its server was added without',
      'http://intranet/fogbugz/',
      'https://intranet/fogbugz/',
    ],
    ['over TLS, as its server was added', 'https://intranet/fogbugz/', 'https://intranet/fogbugz/'],
    ['to this machine, where nobody listens', 'http://localhost:8080/', 'http://localhost:8080/'],
    ['nowhere, where only a port without TLS is known', 'http://intranet:8080/', undefined],
  ])('has its token go %s', async (_, own, site) => {
    there.own = [own];
    browser.permitted = () => true;
    await logOn(new URL(own).hostname, { secure: true });
    expect(store.sessions().map(session => session.site)).toEqual(site === undefined ? [] : [site]);
  });

  it('is no stricter on others: a server without TLS has a cookie without the mark', async () => {
    there.own = ['http://intranet:8080/'];
    browser.permitted = () => true;
    await logOn('intranet', { secure: false });
    expect(store.sessions()).toMatchObject([{ site: 'http://intranet:8080/' }]);
  });
});

describe('a host that looks like a customer’s', () => {
  it.each([
    'fogbugz.com.evil.test',
    'acme.fogbugz.com.evil.test',
    'acme-fogbugz.com',
    'acmefogbugz.com',
    'fogbugz.com',
    'www.fogbugz.com',
    'acme.fogbugz.com.',
    'acme.fogbugz.co',
    'xn--fogbgz-7ya.com',
    'acme.fogbugz.com:8443',
    'user@acme.fogbugz.com',
    'acme.fogbugz.com/',
    'acme.fogbugz.com\n',
    'evil.test#.fogbugz.com',
  ])('is none: %j', host => {
    expect(isOnDemand(host)).toBe(false);
  });

  it('makes no session, in a tab or by a cookie', async () => {
    browser.setCookie({ domain: `${acme}.evil.test`, value: 'a-token-of-theirs' });
    tabAt(`https://${acme}.evil.test/`);
    await settle();
    expect(held()).toEqual([]);
  });
});

describe('a cookie of a sibling', () => {
  it('for the whole domain neither replaces a session nor ends it', async () => {
    tabAt(`https://${acme}/`);
    const token = await logOn();
    // Of an account of theirs at the same site: what else could they plant that the site would take?
    browser.setCookie({ domain: '.fogbugz.com', value: fogbugz.logOn(acme) });
    await settle();
    expect(store.sessions().find(one => one.token.reveal() === token)?.state.is).toBe('open');
  });
});

describe('a page that writes its cookie without end', () => {
  it('makes no more sessions than anybody could have, and takes no place from other sites', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    for (let value = 0; value < 1_005; value += 1) {
      browser.setCookie({ domain: acme, path: `/${value}`, value: fogbugz.logOn(acme) });
      if (value % 100 === 0) await settle();
    }
    await settle();
    await keeper.enqueue(async () => undefined);
    expect(store.sessions()).toHaveLength(1_000);
    expect(error).toHaveBeenCalledWith(expect.stringContaining('more sessions'));
    error.mockRestore();
    const other = await logOn('other.fogbugz.com');
    expect(held()).toContain(other);
  });
});
