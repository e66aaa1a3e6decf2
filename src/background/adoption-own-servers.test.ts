import { beforeEach, describe, expect, it } from 'vitest';
import { adoption, browser, held, logOn, setStage, store, tabAt, there } from './stage/adoption-stage.ts';

setStage();

describe("a log-on at the user's own server", () => {
  const host = 'intranet';
  const [bugs, wiki] = ['https://intranet/bugs/', 'https://intranet:8443/'];
  const sites = () => store.sessions().map(({ site }) => site);

  beforeEach(() => {
    browser.permitted = () => true;
    there.own = [bugs];
  });

  it('is adopted for it, with no tab open', async () => {
    await logOn(host);
    expect(sites()).toEqual([bugs]);
  });

  it('is none before the server is added, and one after', async () => {
    there.own = [];
    const token = await logOn(host);
    expect(held()).toEqual([]);
    there.own = [bugs];
    await adoption.reconcile();
    expect(held()).toEqual([token]);
  });

  it.each([
    ['its path', '/bugs'],
    ['its path with a slash', '/bugs/'],
    ['the whole host', '/'],
    ['a path below it', '/bugs/f'],
  ])('is adopted with a cookie for %s', async (_, path) => {
    await logOn(host, { path });
    expect(sites()).toEqual([bugs]);
  });

  it.each(['/wiki', '/bugs2', '/bug'])(
    'is not adopted with a cookie for another program at %s',
    async path => {
      tabAt('https://intranet/wiki');
      await logOn(host, { path });
      expect(held()).toEqual([]);
    },
  );

  it('is told from another one on the same host by its path', async () => {
    there.own = [bugs, 'https://intranet/more/'];
    await logOn(host, { path: '/more' });
    await logOn(host, { path: '/bugs' });
    expect(sites()).toEqual(['https://intranet/more/', bugs]);
  });

  it('is told from one at another port by the tabs that use it', async () => {
    there.own = [bugs, wiki];
    await logOn(host);
    expect(held()).toEqual([]);
    tabAt('https://intranet/elsewhere');
    await adoption.place();
    expect(held()).toEqual([]);
    tabAt(`${wiki}default.asp`);
    await adoption.place();
    expect(sites()).toEqual([wiki]);
  });

  it('waits while the tabs name several of them', async () => {
    there.own = [bugs, wiki];
    tabAt(wiki);
    tabAt(`${bugs}f/1`);
    await logOn(host);
    expect(held()).toEqual([]);
    there.tabs = there.tabs.slice(1);
    await adoption.place();
    expect(sites()).toEqual([bugs]);
  });

  it('belongs to the innermost of those whose pages use it', async () => {
    there.own = ['https://intranet/', bugs];
    tabAt(`${bugs}default.asp`);
    await logOn(host);
    expect(sites()).toEqual([bugs]);
  });

  it('with a cookie for its whole domain is adopted for the tab that uses it', async () => {
    there.own = ['https://bugs.example.com/'];
    tabAt('https://www.example.com/');
    await logOn('bugs.example.com', { domain: '.example.com' });
    expect(held()).toEqual([]);
    tabAt('https://bugs.example.com/f/1');
    await adoption.place();
    expect(sites()).toEqual(['https://bugs.example.com/']);
  });

  it('with a cookie of a sibling host is not adopted', async () => {
    there.own = ['https://bugs.example.com/'];
    await logOn('www.example.com');
    expect(held()).toEqual([]);
  });
});
