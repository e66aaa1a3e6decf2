import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'public', '_locales');

const textsSchema = v.record(
  v.string(),
  v.object({
    message: v.pipe(v.string(), v.nonEmpty()),
    description: v.optional(v.string()),
    placeholders: v.optional(v.record(v.string(), v.object({ content: v.string(), example: v.string() }))),
  }),
);
type Texts = v.InferOutput<typeof textsSchema>;

const textsOf = (locale: string): Texts =>
  v.parse(textsSchema, JSON.parse(readFileSync(join(folder, locale, 'messages.json'), 'utf8')));
const english = textsOf('en');
const locales = readdirSync(folder).filter(locale => locale !== 'en');

/** What is the same in every language: names. */
const names = ['extensionName', 'extensionShortName', 'requestDialect'];
/** What that language and English share. */
const shared: Readonly<Record<string, readonly string[]>> = {
  de: ['token', 'presetStandard', 'csvPerson'],
  es: ['token'],
  fr: [
    'menuOptions',
    'openOptions',
    'options',
    'site',
    'sitesTitle',
    'siteSessionsOne',
    'siteSessionsOther',
    'columnSite',
    'presetStandard',
  ],
  pt_BR: ['token', 'site', 'sitesTitle', 'columnSite', 'backupTitle'],
};

/** What a text's keys have in common, if it has one for each plural form. */
const stemOf = (key: string): string | undefined => {
  const stem = /^(.+)(?:Zero|One|Two|Few|Many|Other)$/.exec(key)?.[1];
  return stem !== undefined && `${stem}One` in english && `${stem}Other` in english ? stem : undefined;
};

/** The forms that whole numbers have; "many" begins at a million in some languages, and nothing here is so many. */
const formsOf = (tag: string): ReadonlySet<string> => {
  const rules = new Intl.PluralRules(tag);
  return new Set(Array.from({ length: 1_001 }, (_, count) => rules.select(count)));
};
const ending = (form: string): string => form.charAt(0).toUpperCase() + form.slice(1);

const placeholdersIn = (text: string): readonly string[] =>
  [...text.matchAll(/\$(\w+)\$/g)].map(([, name = '']) => name.toLowerCase()).sort();

describe('English', () => {
  test('explains every text to whoever translates it', () => {
    for (const [key, { description = '' }] of Object.entries(english)) expect(description, key).not.toBe('');
  });

  test('has no text that nothing shows', () => {
    const sources = sourcesBelow(join(root, 'src'));
    const shown = [...sources, readFileSync(join(root, 'manifest.json'), 'utf8')].join('\n');
    expect(unshown(Object.keys(english), shown)).toEqual([]);
  });

  test('would not be taken to show a text whose key is a mere word of the source', () => {
    expect(unshown(['lock', 'lastTab', 'extensionName'], "say('lastTab'); rules.lock; // 'lock it'")).toEqual(
      ['lock', 'extensionName'],
    );
  });

  test('fills in just what it declares', () => {
    for (const [key, { message, placeholders = {} }] of Object.entries(english)) {
      expect(new Set(placeholdersIn(message)), key).toEqual(new Set(Object.keys(placeholders)));
    }
  });
});

test('the eight languages are there', () => {
  expect(locales.sort()).toEqual(['de', 'es', 'fr', 'he', 'ja', 'pt_BR', 'zh_CN']);
});

describe.each(locales)('%s', locale => {
  const texts = textsOf(locale);
  const tag = texts.languageTag?.message ?? '';
  const forms = [...formsOf(tag)].map(ending);
  const wanted = Object.keys(english).flatMap(key => {
    const stem = stemOf(key);
    if (stem === undefined) return [key];
    return key.endsWith('Other') ? forms.map(form => `${stem}${form}`) : [];
  });
  const original = (key: string) => english[key] ?? english[`${stemOf(key)}Other`];

  test('names its own language', () => {
    expect(tag).toBe(locale.replace('_', '-'));
  });

  test('has every text, and no other', () => {
    expect(Object.keys(texts).sort()).toEqual(wanted.sort());
  });

  test('fills in what English fills in, in the same places', () => {
    for (const [key, { message, placeholders }] of Object.entries(texts)) {
      const { message: meant = '', placeholders: given } = original(key) ?? {};
      // A form for just one number need not write the number.
      const mayLeaveOut = stemOf(key) !== undefined && !key.endsWith('Other');
      if (!(mayLeaveOut && placeholdersIn(message).length === 0)) {
        expect(placeholdersIn(message), key).toEqual(placeholdersIn(meant));
      }
      expect(placeholders, key).toEqual(given);
    }
  });

  test('leaves nothing in English but what is the same in it', () => {
    const same = Object.entries(texts)
      .filter(
        ([key, { message }]) =>
          message === original(key)?.message && /[a-z]/i.test(message.replaceAll(/\$\w+\$/g, '')),
      )
      .map(([key]) => key);
    expect(same.filter(key => !names.includes(key) && !shared[locale]?.includes(key))).toEqual([]);
  });

  test('fits where the browsers and the stores cut off', () => {
    expect([...(texts.extensionDescription?.message ?? '')].length).toBeLessThanOrEqual(132);
  });
});

/** Keys that the source nowhere names as one: in quotation marks of their own, or as a manifest does. */
function unshown(keys: readonly string[], source: string): readonly string[] {
  const quoted = new Set([...source.matchAll(/(['"`])(?:__MSG_)?(\w+?)(?:__)?\1/g)].map(([, , key]) => key));
  return keys.filter(key => !quoted.has(stemOf(key) ?? key));
}

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ name }) => /\.(?:tsx?|html)$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
}
