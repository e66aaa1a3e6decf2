import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { licensed, unlicensed } from './licences.ts';
import { root } from './package/names.ts';

const list = `# Licenses

The app bundles dependencies which contain the following licenses:

## @kept/well - 1.0.0 (MIT)

Do what you like.

## preact - 11.2.0 (MIT)

## nameless - 1.0.0

Do what you like.
`;

describe('the list of licences', () => {
  it('has what is bundled with a licence and its text, and lacks the rest', () => {
    const of = (path: string) => `/home/node_modules/${path}`;
    expect(unlicensed(list, ['/src/token.ts', '\0virtual', of('@kept/well/a.js')])).toEqual([]);
    expect(
      unlicensed(list, [
        of('preact/a.js'),
        of('preact/b.js'),
        of('nameless/a.js'),
        of('@kept/other/a.js'),
        of('@kept/well/node_modules/within/a.js'),
        'C:\\src\\node_modules\\windows\\a.js',
      ]),
    ).toEqual(['@kept/other', 'nameless', 'preact', 'windows', 'within']);
  });
});

describe('a build', () => {
  let folder = '';
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'licences-'));
    put('main.js', `import { one } from 'lent'; console.log(one);`);
    put('node_modules/lent/index.js', `export const one = 'lent words';`);
    put(
      'node_modules/lent/package.json',
      '{"name":"lent","version":"1.2.3","license":"ISC","main":"index.js"}',
    );
    put('node_modules/unused/package.json', '{"name":"unused","version":"1.0.0"}');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const make = () =>
    build({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      plugins: [licensed('licences.md')],
      build: { license: { fileName: 'licences.md' }, rolldownOptions: { input: join(folder, 'main.js') } },
    });

  it('writes down whose code is in it, by which licence, with its words', async () => {
    put('node_modules/lent/LICENSE', 'You may lend it on.');
    await make();
    const text = readFileSync(join(folder, 'dist/licences.md'), 'utf8');
    expect(text).toContain('## lent - 1.2.3 (ISC)\n\nYou may lend it on.\n');
    expect(text).not.toContain('unused');
  });

  it('ends with a mistake if code of somebody is in it whose licence is not there', async () => {
    await expect(make()).rejects.toThrow('licences.md has no licence of lent');
  });
});

it('is asked of everything that is built to be published', () => {
  for (const config of ['vite.config.ts', 'vite.guard.config.ts', 'vite.library.config.ts']) {
    const text = readFileSync(join(root, config), 'utf8');
    const [, name = ''] = /license: \{ fileName: ('[^']+'|\w+) \}/.exec(text) ?? [];
    expect(text, config).toContain(`licensed(${name})`);
  }
});
