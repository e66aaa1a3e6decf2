import { expect, it } from 'vitest';
import { discover } from './discover.ts';
import { logOffWhereItIs } from './log-off-where-it-is.ts';
import type { Site } from './site.ts';
import { serve, siteAt, token } from './stage/loopback.ts';

const version = '<version>8</version><minversion>1</minversion>';
const notFound = '<!DOCTYPE html><title>Nothing here</title>';
const error = (code: number) => `<response><error code="${code}">No</error></response>`;

/** A FogBugz of the XML dialect whose address wants an id, and which says `otherwise` to requests without. */
async function startSite(otherwise: string, says = '<response></response>') {
  const { origin, seen } = await serve(({ url, body }, response) => {
    if (url === '/api.xml') return response.end(`<response>${version}<url>api.asp?id=7</url></response>`);
    if (!url.startsWith('/api.asp')) return response.writeHead(404).end(notFound);
    if (!url.includes('id=7')) return response.end(otherwise);
    return response.end(body.includes('logoff') ? says : error(3));
  });
  let searches = 0;
  const findAgain = async ({ base }: Site): Promise<Site | undefined> => {
    searches += 1;
    const found = await discover(base);
    return found.is === 'site' ? found.site : undefined;
  };
  const logOffs = () => seen.filter(({ body }) => body.includes('logoff')).map(({ url }) => url);
  return { origin, findAgain, logOffs, searches: () => searches };
}

it.each([
  ['something is missing in the request', error(4)],
  ['what is no FogBugz', notFound],
])('is sent to the address that api.xml names now, where the old one answers: %s', async (_, otherwise) => {
  const { origin, findAgain, logOffs } = await startSite(otherwise);
  const { site, outcome } = await logOffWhereItIs(siteAt(origin, 'xml'), token, findAgain);
  expect(outcome).toEqual({ is: 'logged-off' });
  expect(site.endpoint).toBe(`${origin}/api.asp?id=7&`);
  expect(logOffs()).toHaveLength(2);
});

it.each([
  ['not logged on', error(3), { is: 'already-off' }],
  ['in maintenance', error(28), { is: 'refused', code: 28 }],
])('stays with the answer of the site itself: %s', async (_, otherwise, outcome) => {
  const { origin, findAgain, logOffs, searches } = await startSite(otherwise);
  const former = siteAt(origin, 'xml');
  expect(await logOffWhereItIs(former, token, findAgain)).toMatchObject({ site: former, outcome });
  expect([logOffs().length, searches()]).toEqual([1, 0]);
});

it('looks once, and takes the answer that it gets then', async () => {
  const { origin, findAgain, logOffs, searches } = await startSite(error(4), error(4));
  const attempt = await logOffWhereItIs(siteAt(origin, 'xml'), token, findAgain);
  expect(attempt.outcome).toMatchObject({ is: 'refused', code: 4 });
  expect([logOffs().length, searches()]).toEqual([2, 1]);
});
