import { describe, expect, it } from 'vitest';
import type { FakeBrowser } from '../browser/stage/fake-browser.ts';
import {
  acme,
  adoption,
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
  values,
} from './stage/adoption-stage.ts';

setStage();

const other = 'other.fogbugz.com';

describe('a log-on cookie', () => {
  it('of one host is adopted for that host', async () => {
    const token = await logOn();
    expect(store.sessions()).toMatchObject([
      {
        site: `https://${acme}/`,
        kind: 'session',
        private: false,
        source: {
          is: 'web',
          cookie: { domain: acme, hostOnly: true, path: '/', storeId: '0', partition: '' },
        },
        state: { is: 'open', inUse: false },
      },
    ]);
    expect(held()).toEqual([token]);
  });

  it('of a whole domain is adopted for the host of a tab that uses it, and its token sent to no other', async () => {
    tabAt('https://www.example.org/');
    tabAt(`https://${acme}/default.asp`);
    await logOn(acme, { domain: '.fogbugz.com' });
    expect(store.sessions()).toMatchObject([
      { site: `https://${acme}/`, source: { cookie: { hostOnly: false } } },
    ]);
  });

  it('of a whole domain waits for a tab that uses it', async () => {
    const token = await logOn(acme, { domain: '.fogbugz.com' });
    expect(held()).toEqual([]);
    await adoption.place();
    expect(held()).toEqual([]);
    tabAt(`https://${acme}/`);
    await adoption.place();
    expect(held()).toEqual([token]);
  });

  it('of a whole domain waits while pages of several customers are open, and no longer', async () => {
    tabAt(`https://${acme}/`);
    tabAt('https://another-customer.fogbugz.com/');
    tabAt('https://www.fogbugz.com/');
    const token = await logOn(acme, { domain: '.fogbugz.com' });
    expect(held()).toEqual([]);
    there.tabs = there.tabs.filter(({ url }) => !url?.includes('another-customer'));
    await adoption.place();
    expect(held()).toEqual([token]);
    expect(store.sessions()).toMatchObject([{ site: `https://${acme}/` }]);
  });

  it('replaced while another cookie still has its token is not logged off', async () => {
    const token = await logOn();
    browser.setCookie({ domain: acme, path: '/f', value: token });
    await settle();
    const next = await logOn();
    expect(fogbugz.isAlive(token)).toBe(true);
    expect(new Set(held())).toEqual(new Set([token, next]));
  });

  it('that waited and went is not adopted', async () => {
    const token = await logOn(acme, { domain: '.fogbugz.com' });
    browser.removeCookie(token);
    await settle();
    tabAt(`https://${acme}/`);
    await adoption.place();
    expect(held()).toEqual([]);
  });

  it('that waited and was replaced is adopted with the value that it has', async () => {
    await logOn(acme, { domain: '.fogbugz.com' });
    const token = await logOn(acme, { domain: '.fogbugz.com' });
    tabAt(`https://${acme}/`);
    await adoption.place();
    expect(held()).toEqual([token]);
  });

  it('that waited and was replaced is not adopted with its former value, which no tab has used', async () => {
    const token = await logOn();
    await logOn(acme, { domain: '.fogbugz.com' });
    browser.setCookie({ domain: '.fogbugz.com', value: token });
    await settle();
    tabAt(`https://${acme}/`);
    await adoption.place();
    expect(held()).toEqual([token]);
  });

  it('set again to the same value changes nothing', async () => {
    const token = await logOn();
    const [before] = store.sessions();
    browser.setCookie({ value: token });
    await settle();
    expect(store.sessions()).toMatchObject([{ id: before?.id, state: { is: 'open' } }]);
    expect(fogbugz.asked('logoff')).toEqual([]);
  });

  it('replaced by another value has the former token logged off, and the new one adopted', async () => {
    const former = await logOn();
    const token = await logOn();
    expect(fogbugz.isAlive(former)).toBe(false);
    expect(fogbugz.isAlive(token)).toBe(true);
    expect(held()).toEqual([token]);
    expect(values()).toEqual([token]);
    expect(store.history()).toMatchObject([{ trigger: 'replaced' }]);
  });

  it('of a sibling host is another session', async () => {
    const first = await logOn(acme);
    const second = await logOn(other);
    expect(held()).toEqual([first, second]);
    const third = await logOn(other);
    expect(fogbugz.allAlive()).toEqual([first, third]);
  });

  it.each([
    ['a whole domain', { domain: '.fogbugz.com' }],
    ['another path', { path: '/fogbugz/' }],
    ['another store', { storeId: '1' }],
    ['a partition', { partitionKey: { topLevelSite: 'https://example.org' } }],
  ])('beside one of %s is another session', async (_, cookie) => {
    tabAt(`https://${acme}/fogbugz/`);
    const [first, second] = [await logOn(), await logOn(acme, cookie)];
    expect(held()).toEqual([first, second]);
    expect(fogbugz.allAlive()).toEqual([first, second]);
  });

  it('of a private window is of a private session', async () => {
    await logOn(acme, { storeId: '1' });
    expect(store.sessions()).toMatchObject([{ private: true }]);
  });

  it('with something else than a token in it is none', async () => {
    browser.setCookie({ value: '' });
    browser.setCookie({ domain: other, value: 'a b c d e f g h' });
    await settle();
    expect(held()).toEqual([]);
  });

  it.each([
    'evil.fogbugz.com.example.org',
    'notfogbugz.com',
    'fogbugz.com',
    'manuscript.com',
    'acme.fogbugz.com.',
    'acme.fogbugz.org',
    'intranet',
  ])('of a look-alike is not adopted: %s', async host => {
    browser.permitted = () => true;
    tabAt(`https://${host}/`);
    await logOn(host);
    await logOn(host, { domain: `.${host}` });
    await adoption.place();
    expect(held()).toEqual([]);
  });
});

describe('a dead token that is brought back', () => {
  it('is not adopted, and its cookie goes', async () => {
    const token = await logOn();
    await keeper.tellAll({ is: 'triggered', trigger: 'click', at: 10_000 });
    await settle();
    expect(values()).toEqual([]);
    browser.setCookie({ value: token });
    await settle();
    expect(held()).toEqual([]);
    expect(values()).toEqual([]);
  });

  it('does not take a newer log-on with it', async () => {
    const dead = await logOn();
    await keeper.tellAll({ is: 'triggered', trigger: 'click', at: 10_000 });
    await settle();
    browser.setCookie({ value: dead });
    const token = await logOn();
    expect(values()).toEqual([token]);
    expect(held()).toEqual([token]);
  });
});

describe('a cookie that vanished', () => {
  it('leaves a live token to be logged off', async () => {
    const token = await logOn();
    browser.removeCookie(token);
    await settle();
    expect(fogbugz.isAlive(token)).toBe(false);
    expect(store.history()).toMatchObject([{ trigger: 'cookie-gone', outcome: 'logged-off' }]);
  });

  it('after a log-off at the page ends the record without another log-off', async () => {
    const token = await logOn();
    fogbugz.kill(token);
    browser.removeCookie(token);
    await settle();
    expect(held()).toEqual([]);
    expect(fogbugz.asked('logoff')).toEqual([]);
    expect(store.history()).toMatchObject([{ outcome: 'by-page' }]);
  });

  it('and is back before the server answered leaves the session on', async () => {
    const token = await logOn();
    fogbugz.become('held');
    browser.removeCookie(token);
    await settle();
    browser.setCookie({ value: token });
    fogbugz.become('honest');
    await settle();
    expect(held()).toEqual([token]);
    expect(fogbugz.isAlive(token)).toBe(true);
  });

  it('because a permission was taken away has not vanished', async () => {
    const token = await logOn();
    browser.permitted = () => false;
    browser.removeCookie(token);
    await adoption.reconcile();
    await settle();
    expect(held()).toEqual([token]);
    expect(fogbugz.isAlive(token)).toBe(true);
  });

  it('and carries rubbish instead is asked about', async () => {
    const token = await logOn();
    browser.setCookie({ value: 'x' });
    await settle();
    expect(fogbugz.isAlive(token)).toBe(false);
  });
});

describe('a cookie that went without a word, as an expired one does in some browsers', () => {
  const page = `https://${acme}/default.asp`;

  it('is missed when the next page of its site comes up', async () => {
    const token = await logOn();
    browser.cookies = [];
    await adoption.look(page);
    await settle();
    expect(fogbugz.isAlive(token)).toBe(false);
  });

  it('is not missed at a page that it would not be sent to, nor where the browser hides it', async () => {
    const token = await logOn();
    browser.cookies = [];
    await adoption.look('https://other.fogbugz.com/');
    browser.permitted = () => false;
    await adoption.look(page);
    await settle();
    expect(held()).toEqual([token]);
    expect(fogbugz.isAlive(token)).toBe(true);
  });

  it('is not missed while it is there', async () => {
    const token = await logOn();
    await adoption.look(page);
    await settle();
    expect(held()).toEqual([token]);
    expect(fogbugz.asked('logon')).toEqual([]);
  });
});

describe('what changed while no worker was there', () => {
  const unseen = (cookie: Parameters<FakeBrowser['setCookie']>[0]): void => {
    const { events } = browser;
    const fire = events.cookieChanged.fire;
    events.cookieChanged.fire = () => [];
    browser.setCookie(cookie);
    events.cookieChanged.fire = fire;
  };

  it('is found at the next start: new, replaced and vanished cookies', async () => {
    const [replaced, vanished, same] = [
      await logOn(acme),
      await logOn(other),
      await logOn('same.fogbugz.com'),
    ];
    const [newer, fresh] = [fogbugz.logOn(acme), fogbugz.logOn('new.fogbugz.com')];
    unseen({ value: newer, domain: acme });
    unseen({ value: fresh, domain: 'new.fogbugz.com' });
    unseen({ value: vanished, domain: other, expirationDate: 1 });
    await adoption.reconcile();
    await settle();
    expect([...held()].sort()).toEqual([same, newer, fresh].sort());
    expect(fogbugz.isAlive(replaced)).toBe(false);
    expect(fogbugz.isAlive(vanished)).toBe(false);
    expect(fogbugz.isAlive(same)).toBe(true);
  });

  it('is nothing, most of the time', async () => {
    const token = await logOn();
    await adoption.reconcile();
    await adoption.reconcile();
    await settle();
    expect(held()).toEqual([token]);
    expect(fogbugz.asked('logoff')).toEqual([]);
  });
});

describe('whether every cookie is known that a site would be sent', () => {
  it('is so once they are all adopted, and not while one waits for its site', async () => {
    await logOn();
    expect(adoption.isSettled(`https://${acme}/`)).toBe(true);
    const wide = await logOn(acme, { domain: '.fogbugz.com' });
    expect(adoption.isSettled(`https://${acme}/`)).toBe(false);
    browser.removeCookie(wide);
    await settle();
    expect(adoption.isSettled(`https://${acme}/`)).toBe(true);
  });

  it('is not so while a change has not been looked at', async () => {
    const logsOn = logOn();
    expect(adoption.isSettled(`https://${acme}/`)).toBe(false);
    await logsOn;
    expect(adoption.isSettled(`https://${acme}/`)).toBe(true);
  });
});
