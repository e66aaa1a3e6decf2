/** axe, in the pages of a story. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from './browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2 AA, and what axe holds for good besides. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Puts axe into a page, for as long as that is there. */
export async function bringAxe(page: Page): Promise<void> {
  await page.evaluate(`${axe}; globalThis.axe = axe ?? module.exports;`);
}

/** In a page with axe: what it finds wrong, in one line for each rule, and the ids that stand twice, which it lets pass. */
export const axeTroubles = `
  (await globalThis.axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] })).violations
    .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' '))
    .concat(
      Array.from(document.querySelectorAll('[id]'), ({ id }) => id)
        .filter((id, index, all) => all.indexOf(id) !== index)
        .map(id => 'an id that stands twice: ' + id),
    )`;

/** What axe finds wrong with a page, in one line for each rule. */
export async function accessibilityTroubles(page: Page): Promise<readonly string[]> {
  await bringAxe(page);
  return page.evaluate<string[]>(axeTroubles);
}
