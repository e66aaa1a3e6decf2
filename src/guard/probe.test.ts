import { expect, it } from 'vitest';
import { siteAt } from '../fogbugz/stage/loopback.ts';
import { createProbe } from './probe.ts';

const site = siteAt('https://acme.example', 'json');

/** A network by which each question gets the next answer. */
function network(...answers: readonly ('gone' | 'there')[]) {
  const left = [...answers];
  return {
    left,
    fetch: async () => {
      if (left.shift() !== 'there') throw new TypeError('fetch failed');
      return new Response('{"data":{},"errors":[{"code":"3","message":"Not logged in"}]}', { status: 400 });
    },
  };
}

it('asks a site anew that could not be reached, and one that could not before half a minute is over', async () => {
  const { fetch, left } = network('gone', 'there', 'gone');
  let now = 0;
  const probe = createProbe({ fetch }, () => now);
  expect(await probe(site)).toMatchObject({ is: 'failed', why: 'unreachable' });
  expect(await probe(site)).toEqual({ is: 'ok' });
  now = 29_999;
  expect(await probe(site)).toEqual({ is: 'ok' });
  expect(left).toEqual(['gone']);
  now = 30_000;
  expect(await probe(site)).toMatchObject({ is: 'failed' });
});
