import { expect, it } from 'vitest';
import { createAccess } from './access.ts';

const acme = 'https://acme.fogbugz.com/';
const intranet = 'https://intranet/fogbugz/';

function open(...bases: readonly string[]) {
  const there = new Set(bases);
  const permitted = new Set(bases);
  const shown: (readonly string[])[] = [];
  const access = createAccess(
    () => there,
    base => there.has(base),
    async bases => bases.filter(base => !permitted.has(base)),
    () => shown.push([...access.missing()]),
  );
  return { there, permitted, shown, access };
}

it('knows which sites the extension is kept out of, and says so whenever it looked', async () => {
  const { permitted, shown, access } = open(acme, intranet);
  await access.look();
  permitted.delete(intranet);
  await access.look();
  permitted.add(intranet);
  await access.look();
  expect(shown).toEqual([[], [intranet], []]);
});

it('asks once more where the browser refused to say', async () => {
  const shown: (readonly string[])[] = [];
  let refusals = 1;
  const access = createAccess(
    () => [acme],
    () => true,
    async bases => {
      if (refusals-- > 0) throw new Error('The browser refused');
      return bases;
    },
    () => shown.push([...access.missing()]),
  );
  await access.look();
  expect(shown).toEqual([[acme]]);
});

it('misses nothing at a site that is none any more', async () => {
  const { there, permitted, access } = open(acme, intranet);
  permitted.delete(intranet);
  await access.look();
  there.delete(intranet);
  expect([...access.missing()]).toEqual([]);
});
