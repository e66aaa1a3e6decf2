import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { expect } from 'vitest';
import type { BrowserName, Page } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { launchers } from '../stage.ts';
import { until } from '../until.ts';

const textsSchema = v.record(v.string(), v.object({ message: v.string() }));

/** What browsers call the languages that they can be set to speak, each with the folder of texts that is meant for it. */
const locales = {
  'en-US': 'en',
  de: 'de',
  fr: 'fr',
  'es-ES': 'es',
  'pt-BR': 'pt_BR',
  ja: 'ja',
  'zh-CN': 'zh_CN',
  he: 'he',
} as const;

/** The browser's own language is the extension's: in its pages, and on its button. */
export function languages(play: Play, name: BrowserName): void {
  for (const [language, locale] of Object.entries(locales)) {
    play(
      `speaks ${language} with a browser that does`,
      async stage => {
        const mine = textsIn(locale);
        await stage.logOn('acme');
        const look = async (page: Page) => {
          expect(
            await page.evaluate('const { lang, dir } = document.documentElement; return { lang, dir };'),
          ).toEqual({ lang: locale.replace('_', '-'), dir: locale === 'he' ? 'rtl' : 'ltr' });
          expect(inEnglish(await page.text(), mine)).toEqual([]);
          expect(await page.evaluate(cutOff)).toEqual([]);
        };

        const popup = await stage.popup();
        await popup.waitFor('document.querySelector(".card") !== null');
        expect(await popup.text()).toContain(mine.logOff);
        await look(popup);
        await popup.close();

        const options = await stage.browser.openOptions();
        await options.waitFor('document.body.innerText.includes("acme.fogbugz.com")');
        await look(options);

        await until('the button to say it too', async () => {
          const title = await stage.browser.inWorker<string>(
            'return (globalThis.browser ?? chrome).action.getTitle({})',
          );
          return title.includes(mine.tooltipOn?.split(/\$\w+\$/)[0] ?? 'nothing');
        });
      },
      { launch: options => launchers[name]({ ...options, language }) },
    );
  }
}

function textsIn(locale: string): Readonly<Record<string, string>> {
  const file = fileURLToPath(new URL(`../../public/_locales/${locale}/messages.json`, import.meta.url));
  const texts = v.parse(textsSchema, JSON.parse(readFileSync(file, 'utf8')));
  return Object.fromEntries(Object.entries(texts).map(([key, { message }]) => [key, message]));
}

/** The lines of a page that stand there in English, though the language has words for them. */
function inEnglish(text: string, mine: Readonly<Record<string, string>>): readonly string[] {
  const english = textsIn('en');
  const foreign = new Set(
    Object.entries(english).flatMap(([key, words]) => (mine[key] === words ? [] : [words])),
  );
  return text.split('\n').filter(line => foreign.has(line.trim()));
}

/** What is wider than the place that it has: its words, to name it. */
const cutOff = `
  return [document.documentElement, ...document.querySelectorAll('body *')]
    .filter(one => getComputedStyle(one).overflowX !== 'visible' || one === document.documentElement)
    .filter(one => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1)
    .filter(one => !['auto', 'scroll'].includes(getComputedStyle(one).overflowX))
    .map(one => one.tagName + ' ' + one.textContent.slice(0, 40));
`;
