import { describe, expect, it } from 'vitest';
import { envelope, errorEnvelope, serve, siteAt, token, tokenOf } from '../fogbugz/stage/loopback.ts';
import type { Token } from '../token.ts';
import type { Guarded } from './care.ts';
import { createFetch } from './network.ts';
import { createWhereabouts } from './whereabouts.ts';

/** As the host and the watcher have it. */
const fetch = createFetch({}, 'its origin');
const notLoggedOn = errorEnvelope('3');

type Move = 'redirects' | 'leaves nothing behind' | 'leads elsewhere';

/** A session of a private window, of which nobody but the Guard knows once the browser is gone. */
function guardedAt(origin: string, token: Token, base = `${origin}/`): Guarded {
  return { session: 'one', site: { ...siteAt(origin, 'json'), base }, token, private: true, attempts: 0 };
}

/** A FogBugz that lives below `/f/`, until it moves to below `/bugs/`. */
async function startFogBugz() {
  const elsewhere = await serve((_, response) => response.writeHead(200).end(envelope()));
  let here = '/f/api/0/jsonapi';
  let move: Move | undefined;
  let asked: 'well' | 'in trouble' = 'well';
  const { origin, seen } = await serve(({ url, body }, response) => {
    if (url === here) {
      if (asked === 'in trouble') return response.writeHead(503).end();
      return body.includes('logoff') ? response.end(envelope()) : response.writeHead(400).end(notLoggedOn);
    }
    if (move === 'redirects') return response.writeHead(308, { Location: `/bugs${url}` }).end();
    if (move === 'leads elsewhere')
      return response.writeHead(307, { Location: `${elsewhere.origin}${url}` }).end();
    return response.writeHead(404).end('<!DOCTYPE html><title>Nothing here</title>');
  });
  return {
    origin,
    elsewhere,
    guarded: (address = `${origin}/`) => guardedAt(origin, token, address),
    move(how: Move) {
      move = how;
      here = '/bugs/f/api/0/jsonapi';
    },
    fails(how: typeof asked) {
      asked = how;
    },
    /** What was asked where, until now, and without this one. */
    asked(): readonly string[] {
      return seen.splice(0).map(({ method, url, body }) => {
        const what = body === '' ? method : String(JSON.parse(body).cmd);
        expect(body.includes(token.reveal())).toBe(what === 'logoff');
        return `${what} ${url}`;
      });
    },
  };
}

describe('a session of a site that has moved', () => {
  it('is logged off in the same attempt, and the next one without a detour', async () => {
    const site = await startFogBugz();
    site.move('redirects');
    const logOff = createWhereabouts({ fetch });
    expect(await logOff(site.guarded())).toEqual({ is: 'logged-off' });
    expect(site.asked()).toEqual([
      'logoff /f/api/0/jsonapi',
      'viewPerson /f/api/0/jsonapi',
      'viewPerson /bugs/f/api/0/jsonapi',
      'viewPerson /bugs/f/api/0/jsonapi',
      'logoff /bugs/f/api/0/jsonapi',
    ]);
    expect(await logOff(site.guarded())).toEqual({ is: 'logged-off' });
    expect(site.asked()).toEqual(['logoff /bugs/f/api/0/jsonapi']);
  });

  it('is found from the address of its site, though nothing leads there from where it was asked', async () => {
    const site = await startFogBugz();
    site.move('leaves nothing behind');
    const logOff = createWhereabouts({ fetch });
    expect(await logOff(site.guarded(`${site.origin}/bugs/`))).toEqual({ is: 'logged-off' });
    expect(site.asked()).toEqual([
      'logoff /f/api/0/jsonapi',
      'viewPerson /bugs/f/api/0/jsonapi',
      'logoff /bugs/f/api/0/jsonapi',
    ]);
  });

  it('is one question, however many there are', async () => {
    const site = await startFogBugz();
    site.move('redirects');
    const logOff = createWhereabouts({ fetch });
    const all = Array.from({ length: 50 }, () => logOff(site.guarded()));
    expect(await Promise.all(all)).toEqual(all.map(() => ({ is: 'logged-off' })));
    expect(site.asked().filter(one => one === 'viewPerson /f/api/0/jsonapi')).toHaveLength(1);
  });

  it('is asked for at the new place from then on, when that fails at first', async () => {
    const site = await startFogBugz();
    site.move('redirects');
    const logOff = createWhereabouts({ fetch });
    await logOff(site.guarded());
    site.fails('in trouble');
    site.asked();
    expect(await logOff(site.guarded())).toMatchObject({ is: 'unavailable' });
    site.fails('well');
    expect(await logOff(site.guarded())).toEqual({ is: 'logged-off' });
    expect(site.asked()).toEqual(['logoff /bugs/f/api/0/jsonapi', 'logoff /bugs/f/api/0/jsonapi']);
  });

  it('stays where it is if that is at another origin, which is asked for nothing', async () => {
    const site = await startFogBugz();
    site.move('leads elsewhere');
    expect(await createWhereabouts({ fetch })(site.guarded())).toEqual({ is: 'redirected' });
    expect(site.elsewhere.seen).toEqual([]);
    expect(site.asked().filter(one => one.startsWith('logoff'))).toEqual(['logoff /f/api/0/jsonapi']);
  });

  it('speaks another dialect from then on', async () => {
    const { origin, seen } = await serve(({ url, body }, response) => {
      if (url === '/api.xml')
        return response.end(
          '<response><version>8</version><minversion>1</minversion><url>api.asp?</url></response>',
        );
      if (!url.startsWith('/api.asp')) return response.writeHead(404).end('<!DOCTYPE html>');
      if (body.includes('logoff')) return response.end('<response></response>');
      return response.end('<response><error code="3">Not logged on</error></response>');
    });
    const other = tokenOf('a-token-of-the-xml-dialect');
    expect(await createWhereabouts({ fetch })(guardedAt(origin, other))).toEqual({ is: 'logged-off' });
    expect(seen.filter(({ body }) => body.includes(other.reveal()))).toMatchObject([
      { url: '/f/api/0/jsonapi' },
      { url: expect.stringMatching(/^\/api\.asp/), method: 'POST' },
    ]);
  });
});

describe('a session of a site that has not moved', () => {
  it('is sent once, where the site answers as before to everything but the log-off', async () => {
    const { origin, seen } = await serve(({ body }, response) =>
      body.includes('logoff')
        ? response.writeHead(302, { Location: '/login' }).end()
        : response.writeHead(400).end(notLoggedOn),
    );
    expect(await createWhereabouts({ fetch })(guardedAt(origin, token))).toEqual({ is: 'redirected' });
    expect(seen.filter(({ body }) => body.includes('logoff'))).toHaveLength(1);
    expect(seen).toHaveLength(2);
  });

  it('is looked for by nothing else where there is trouble, or nobody', async () => {
    const site = await startFogBugz();
    site.fails('in trouble');
    const logOff = createWhereabouts({ fetch });
    expect(await logOff(site.guarded())).toMatchObject({ is: 'unavailable' });
    expect(site.asked()).toEqual(['logoff /f/api/0/jsonapi']);
    expect(await logOff(guardedAt('http://127.0.0.1:9', token))).toMatchObject({ is: 'unreachable' });
  });
});
