/** Pages and tabs of Firefox, as `browser.ts` wants them. */
import { writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { Page, Tab } from '../browser.ts';
import { callOf } from '../function-body.ts';
import { until } from '../until.ts';
import type { Driver, Where } from './driver.ts';
import { RemoteError } from './marionette.ts';

const documentState = v.object({ url: v.string(), document: v.number(), loaded: v.boolean() });
/** Nothing, where the page went. */
const acted = v.nullish(v.picklist(['done', 'missing']));
const outcome = v.object({
  value: v.optional(v.unknown()),
  error: v.optional(v.string()),
  stack: v.optional(v.string()),
});
/** A click often leaves the page, and its answer is lost with it. */
const pageWent = /Document was unloaded|AbortError|Actor .* destroyed|InactiveActor/;
/** Said before anything was done: not laid out yet, or busy for a moment. A user would wait. */
const notReadyYet =
  /Element is not (visible|enabled)|could not be scrolled into view|is not reachable by keyboard|ElementNotInteractableError/;
const longestScript = 55_000;
/** For a look at a page that may be leaving: a script in a page that goes never ends. */
const longestLook = 2_000;

/** Runs an expression or the body of an async function in a page of the extension or of the web. JSON in and out. */
export async function evaluateIn<T>(
  driver: Driver,
  id: string,
  where: Where,
  body: string,
  argument?: unknown,
  limit = longestScript,
): Promise<T> {
  const source = `${callOf(body, argument)}.then(
    value => JSON.stringify({ value }),
    error => JSON.stringify({ error: String(error), stack: String(error?.stack ?? '') }))`;
  const text = await driver.call(v.string(), 'evaluate', id, where, source, limit);
  const result = v.parse(outcome, JSON.parse(text));
  if (result.error !== undefined) throw new Error(`${result.error}\n${result.stack}`);
  return result.value as T; // the border: the test says what comes
}

/** @param close what closes this kind of page. */
export function createPage(driver: Driver, id: string, where: Where, close: () => Promise<void>): Page {
  const evaluate = <T>(body: string, argument?: unknown) => evaluateIn<T>(driver, id, where, body, argument);
  const look = <T>(body: string) => evaluateIn<T>(driver, id, where, body, undefined, longestLook);
  const act = async (selector: string, act: string, text = '') => {
    // There and then: what was drawn anew since it was looked for is another element.
    const script = `
      const { interaction } = ChromeUtils.importESModule('chrome://remote/content/marionette/interaction.sys.mjs');
      const element = document.querySelector(args[0]);
      if (element === null) return 'missing';
      await ${act};
      return 'done';`;
    await until(`${selector} to be there and ready`, async () => {
      try {
        const args = [selector, text];
        return (await driver.call(acted, 'runBeside', id, where, script, args, longestScript)) !== 'missing';
      } catch (error) {
        if (!(error instanceof RemoteError)) throw error;
        if (notReadyYet.test(error.message)) return false;
        if (!pageWent.test(error.message)) throw error;
        return true;
      }
    });
  };

  return {
    evaluate,
    click: selector => act(selector, 'interaction.clickElement(element)'),
    type: (selector, text) => act(selector, 'interaction.sendKeysToElement(element, args[1])', text),
    // Which for a control for files is the path.
    chooseFile: (selector, file) => act(selector, 'interaction.sendKeysToElement(element, args[1])', file),
    text: () => evaluate<string>('document.body.innerText'),
    async waitFor(expression) {
      let trouble: unknown;
      try {
        await until(expression, () =>
          look<boolean>(`return Boolean(await (${expression}));`).catch(error => {
            trouble = error; // the page may just be changing
            return false;
          }),
        );
      } catch (error) {
        throw new Error(`${error instanceof Error ? error.message : error}`, { cause: trouble });
      }
    },
    async screenshot(file) {
      const png = await driver.call(v.string(), 'screenshot', id, where);
      await writeFile(file, Buffer.from(png, 'base64'));
    },
    close,
  };
}

export function createTab(driver: Driver, id: string, tab: number): Tab {
  const state = () => driver.call(documentState, 'documentState', id, { tab });
  /** Does something that loads a document, and waits until another than now is there. */
  const loading = async (what: string, begin: () => Promise<void>) => {
    const before = await state();
    await begin();
    await until(`tab ${tab} to load ${what}`, async () => {
      const now = await state();
      return now.loaded && now.document !== before.document;
    });
  };

  return {
    ...createPage(driver, id, { tab }, () => driver.tell('closeTab', tab)),
    id: tab,
    url: async () => (await state()).url,
    goto: url => loading(url, () => driver.tell('goto', tab, url)),
    reload: () => loading('again', () => driver.tell('reload', tab)),
    moveToNewWindow: () => driver.tell('moveToNewWindow', tab),
    discard: () => driver.tell('discard', tab),
    async bringToFront() {
      await until(`tab ${tab} in front`, async () => {
        await driver.tell('bringToFront', tab);
        return driver.call(v.boolean(), 'isInFront', tab);
      });
    },
  };
}

/** Waits until the page shows what was asked for. A blank page never counts unless it was asked for. */
export async function loaded(driver: Driver, id: string, where: Where, url: string): Promise<void> {
  await until(`${url} to load`, async () => {
    const state = await driver.call(documentState, 'documentState', id, where);
    if (url === 'about:blank') return state.url === url;
    return state.loaded && state.url !== 'about:blank' && state.url !== '';
  });
}
