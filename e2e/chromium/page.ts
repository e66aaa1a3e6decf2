import { writeFile } from 'node:fs/promises';
import type { Protocol } from 'puppeteer-core';
import type { Page } from '../browser.ts';
import { until, within } from '../until.ts';
import { type Devtools, evaluate, type Session, type Target } from './devtools.ts';

type Point = { readonly x: number; readonly y: number };

/** @param find looks the target up each time, because a tab gets a new one when it is unloaded. */
export function pageOf(devtools: Devtools, find: () => Promise<Target>): Page {
  const attached = async <T>(use: (session: Session) => Promise<T>) => devtools.attached(await find(), use);

  const click = (selector: string) => attached(session => clickIn(session, selector));

  return {
    evaluate: (body, argument) => attached(session => evaluate(session, body, argument)),
    async click(selector) {
      const { targetId } = await find();
      await click(selector).catch(async error => {
        if (await isThere(devtools, targetId)) throw error; // else the click closed the page, as a popup's may
      });
    },
    async type(selector, text) {
      await click(selector);
      await attached(async session => {
        for (const key of text) {
          await session.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key });
          await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
        }
      });
    },
    chooseFile: (selector, file) =>
      attached(async session => {
        const asked = new Promise<Protocol.Page.FileChooserOpenedEvent>(resolve =>
          session.once('Page.fileChooserOpened', resolve),
        );
        await session.send('Page.enable');
        await session.send('Page.setInterceptFileChooserDialog', { enabled: true });
        await clickIn(session, selector);
        const { backendNodeId } = await within(`${selector} to ask for a file`, asked);
        if (backendNodeId === undefined) throw new Error(`${selector} is no control for files`);
        await session.send('DOM.setFileInputFiles', { files: [file], backendNodeId });
      }),
    text: () => attached(session => evaluate(session, 'document.body.innerText')),
    waitFor: expression => holds(devtools, find, expression),
    async screenshot(file) {
      const { data } = await attached(async session => {
        const { cssContentSize } = await session.send('Page.getLayoutMetrics');
        return session.send('Page.captureScreenshot', {
          ...(file.endsWith('.webp') ? { format: 'webp', quality: 14 } : {}),
          captureBeyondViewport: true,
          clip: { ...cssContentSize, scale: 1 },
        });
      });
      await writeFile(file, data, 'base64');
    },
    async close() {
      const { targetId, url } = await find();
      await devtools.send('Target.closeTarget', { targetId });
      await until(`the page ${url} to be gone`, async () => !(await isThere(devtools, targetId)));
    },
  };
}

/** As a user does: where the page has moved in that very moment, the click goes wide, and is done again. */
async function clickIn(session: Session, selector: string): Promise<void> {
  await until(`a click to reach ${selector}`, async () => {
    const { x, y } = await until(`${selector} to be there and uncovered`, () =>
      evaluate<Point | undefined>(session, centre, selector),
    );
    await session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
    for (const type of ['mousePressed', 'mouseReleased'] as const) {
      await session.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
    }
    return evaluate<boolean>(session, 'return globalThis.clickWentWide !== true;').catch(error => {
      if (String(error).includes('navigated or closed')) return true; // the click has led away
      throw error;
    });
  });
}

/** Resolves once the target shows a loaded document. */
export function loaded(devtools: Devtools, find: () => Promise<Target>, url = 'about:blank'): Promise<void> {
  const there = url.startsWith('about:blank') ? 'true' : `location.href !== 'about:blank'`;
  return holds(devtools, find, `document.readyState === 'complete' && ${there}`);
}

/** Waits until an expression in the page is true. */
async function holds(devtools: Devtools, find: () => Promise<Target>, expression: string): Promise<void> {
  let last: unknown;
  const ask = (session: Session) => evaluate<boolean>(session, `Boolean(${expression})`);
  await until(`the page to satisfy ${expression}`, async () =>
    devtools.attached(await find(), ask).catch(error => {
      last = error; // the document may just be on its way out
      return false;
    }),
  ).catch(cause => {
    throw last ? new Error(`${cause.message}; last: ${last}`, { cause }) : cause;
  });
}

async function isThere(devtools: Devtools, id: string): Promise<boolean> {
  return (await devtools.targets()).some(({ targetId }) => targetId === id);
}

const centre = `
  const element = document.querySelector(argument);
  if (!element) return undefined;
  element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const point = { x: left + width / 2, y: top + height / 2 };
  const hit = element.getRootNode().elementFromPoint(point.x, point.y);
  if (width === 0 || height === 0 || !hit || !(element.contains(hit) || hit.contains(element))) return undefined;
  globalThis.clickWentWide = true;
  const around = hit.contains(element) ? hit : element;
  around.addEventListener('click', () => { globalThis.clickWentWide = false; }, { capture: true, once: true });
  return point;
`;
