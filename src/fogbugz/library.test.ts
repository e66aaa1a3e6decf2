import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { check, discover, logoff } from './library.ts';
import { serve } from './stage/loopback.ts';

async function fogBugz(dialect: 'json' | 'xml') {
  const sandbox = await startSandbox({
    switches: { jsonApi: dialect === 'json' ? 'yes' : 'no' },
    basePath: '/fogbugz',
  });
  onTestFinished(() => sandbox.stop());
  return { sandbox, token: sandbox.birth('127.0.0.1', 'ada@example.com') };
}

describe.each(['json', 'xml'] as const)('the library, where the API is %s', dialect => {
  it('logs off at an address as a person types it', async () => {
    const { sandbox, token } = await fogBugz(dialect);
    expect(await logoff(`${sandbox.url}default.asp`, `${token}\n`)).toEqual({ is: 'logged-off' });
    expect(sandbox.life(token)).toMatchObject({ diedBy: dialect, logOffsAsked: 1 });
    expect(await logoff(new URL(sandbox.url), token)).toEqual({ is: 'already-off' });
  });

  it('asks a site that was found out before, and nothing besides', async () => {
    const { sandbox, token } = await fogBugz(dialect);
    const found = await discover(sandbox.url);
    if (found.is !== 'site') throw new Error(found.is);
    const before = sandbox.requests().length;
    expect(await check(found.site, token)).toEqual({ is: 'alive' });
    expect(await logoff(found.site, token)).toEqual({ is: 'logged-off' });
    expect(await check(found.site, token)).toEqual({ is: 'dead' });
    expect(
      sandbox
        .requests()
        .slice(before)
        .map(({ command }) => command),
    ).toEqual(['logon', 'logoff', 'logon']);
  });
});

it('asks nobody with what can be no token, at what can be no address', async () => {
  const { origin, seen } = await serve((_, response) => response.end());
  expect(await logoff(origin, 'two words')).toEqual({ is: 'not-a-token' });
  expect(await check(origin, '')).toEqual({ is: 'not-a-token' });
  expect(await logoff('ftp://acme', 'a-fine-token')).toEqual({ is: 'bad-address', why: 'not-http' });
  expect(seen).toEqual([]);
});

it('sends no token to what is no FogBugz', async () => {
  const { origin, seen } = await serve((_, response) => response.end('<html>Hello'));
  expect(await logoff(origin, 'a-fine-token')).toEqual({ is: 'not-fogbugz', status: 200 });
  expect(seen.length).toBeGreaterThan(0);
  expect(JSON.stringify(seen)).not.toContain('a-fine-token');
});
