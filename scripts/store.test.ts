import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexer, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { manifestFor } from './manifest.ts';
import { root } from './package/names.ts';

const languages = ['de', 'en', 'es', 'fr', 'he', 'ja', 'pt_BR', 'zh_CN'];
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('the listings', () => {
  it('are there in every language, and in no other', () => {
    expect(readdirSync(join(root, 'store/listings')).sort()).toEqual(languages.map(name => `${name}.txt`));
  });

  it.each(languages)('fit what the stores take: %s', language => {
    const [name = '', summary = '', ...rest] = text(`store/listings/${language}.txt`).split('\n\n');
    expect(length(name)).toBeLessThanOrEqual(50);
    expect(length(summary)).toBeLessThanOrEqual(132);
    const description = rest.join('\n\n').trim();
    expect(length(description)).toBeGreaterThanOrEqual(250);
    expect(length(description)).toBeLessThanOrEqual(10_000);
  });

  it.each(languages)('are called as the extension calls itself: %s', language => {
    const [name, summary] = text(`store/listings/${language}.txt`).split('\n\n');
    const { extensionName, extensionDescription } = JSON.parse(text(localeOf(language)));
    expect({ name, summary }).toEqual({
      name: extensionName.message,
      summary: extensionDescription.message,
    });
  });
});

describe('the permissions', () => {
  const asked = [manifestFor('chrome'), manifestFor('firefox')].flatMap(manifest => [
    ...manifest.permissions,
    ...manifest.host_permissions,
    ...manifest.optional_permissions,
    ...manifest.optional_host_permissions,
  ]);

  it('are each justified to the reviewers, and none that is not asked for', () => {
    const justified = rows('store/permissions.md').map(([permission]) => permission);
    expect(justified.sort()).toEqual([...new Set(asked)].sort());
  });

  it('are each explained to the users', () => {
    const readme = rows('README.md').map(([permission]) => permission);
    // The two hosts on demand share a row there, and one host of your own stands for every host.
    const all = readme.join(', ');
    expect(asked.filter(name => name !== '*://*/*' && !all.includes(hostOf(name)))).toEqual([]);
  });
});

describe('the pictures', () => {
  const pictures = readdirSync(join(root, 'store/pictures'));

  it('are as many as the stores take, and a tile', () => {
    expect(pictures.filter(name => name !== 'tile.png').length).toBeGreaterThanOrEqual(4);
    expect(pictures.filter(name => name !== 'tile.png').length).toBeLessThanOrEqual(5);
    expect(pictures).toContain('tile.png');
  });

  it.each(pictures)('have the size that the stores want: %s', name => {
    const png = readFileSync(join(root, 'store/pictures', name));
    const wanted = name === 'tile.png' ? [440, 280] : [1280, 800];
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(wanted);
    expect(png.length).toBeLessThan(300_000);
  });
});

/** As the stores count: characters, not bytes. */
function length(words: string): number {
  return [...words].length;
}

function localeOf(language: string): string {
  return `public/_locales/${language}/messages.json`;
}

/** `*://*.fogbugz.com/*` as people read it. */
function hostOf(permission: string): string {
  return /^\*:\/\/(\*\..+)\/\*$/.exec(permission)?.[1] ?? permission;
}

/** The rows of a page's tables, their cells without marks of code. */
function rows(path: string): readonly (readonly string[])[] {
  return lexer(text(path))
    .filter((token): token is Tokens.Table => token.type === 'table')
    .flatMap(table => table.rows.map(row => row.map(cell => cell.text.replaceAll('`', ''))));
}
