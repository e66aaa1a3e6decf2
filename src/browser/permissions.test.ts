import { beforeEach, expect, it, vi } from 'vitest';

const contains = vi.fn();
let withoutPermission: (bases: readonly string[]) => Promise<readonly string[]>;

/** A browser in which the hosts are permitted that are not among these. */
const withhold = (...hosts: readonly string[]): void => {
  contains.mockImplementation(
    async ({ origins }: { origins: readonly string[] }) =>
      !origins.some(origin => hosts.some(host => origin.includes(host))),
  );
};

const bases = ['https://a.fogbugz.com/', 'https://b.fogbugz.com/', 'https://bugs.example/fogbugz/'];

beforeEach(async () => {
  contains.mockReset();
  vi.doMock('webextension-polyfill', () => ({ default: { permissions: { contains } } }));
  vi.resetModules();
  ({ withoutPermission } = await import('./permissions.ts'));
});

it('asks once for all sites where none lacks its permission', async () => {
  withhold();
  expect(await withoutPermission(bases)).toEqual([]);
  expect(contains).toHaveBeenCalledTimes(1);
});

it('finds those that lack it', async () => {
  withhold('b.fogbugz.com', 'bugs.example');
  expect(await withoutPermission(bases)).toEqual(bases.slice(1));
});

it('asks nothing of no site', async () => {
  expect(await withoutPermission([])).toEqual([]);
  expect(contains).not.toHaveBeenCalled();
});
