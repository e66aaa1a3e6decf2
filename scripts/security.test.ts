import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './package/names.ts';

const page = readFileSync(join(root, 'docs', 'security.md'), 'utf8');

type Proof = { readonly text: string; readonly path: string; readonly name: string | undefined };

/** The links of a text to what may prove something: tests, stories, checks of the builds. */
const proofsIn = (text: string): readonly Proof[] =>
  [...text.matchAll(/\[([^\]]+)\]\(\.\.\/([^\s)]+\.(?:ts|mjs))(?: "([^"]+)")?\)/g)].flatMap(
    ([, label = '', path = '', name]) =>
      /\.test\.ts$|\/stories\/|check-builds/.test(path) ? [{ text: label, path, name }] : [],
  );

/** Whether a test of that name is declared in the text: what stands for a value in it (`%s`) may end it. */
const declares = (code: string, name: string): boolean =>
  ["'", '"', '`'].some(quote => code.includes(`${quote}${name}`));

const claims = page
  .split('\n')
  .filter(line => line.startsWith('|'))
  .slice(2);

describe('the claims of docs/security.md', () => {
  it.each(claims)('%s', claim => {
    expect(proofsIn(claim)).not.toEqual([]);
  });

  it('name tests that there are, in the files that they link to', () => {
    const proofs = proofsIn(page);
    expect(proofs.length).toBeGreaterThan(claims.length);
    for (const { text, path, name } of proofs) {
      const code = readFileSync(join(root, path), 'utf8');
      expect(basename(path).startsWith(text.replace(/\.(ts|mjs)$/, '')), `${text} leads to ${path}`).toBe(
        true,
      );
      if (path.endsWith('.mjs')) continue;
      expect(declares(code, name ?? 'a test without a name'), `${path} has "${name}"`).toBe(true);
    }
  });

  it('name every test by a link', () => {
    expect(page.match(/`[\w-]+\.test\.ts`/g) ?? []).toEqual([]);
  });
});
