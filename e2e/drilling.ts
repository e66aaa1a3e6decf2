import type { Page, Tab } from './browser.ts';
import { type Stage, tabWith } from './stage.ts';
import { until } from './until.ts';

/** As a user does: logs on in the check-up for a drill, and leaves the page on screen. Gives the token of its session. */
export async function beginDrill(stage: Stage, options: Page): Promise<string> {
  await options.waitFor(`document.querySelector('[data-drill=none]') !== null`);
  const before = new Set(stage.sandbox.tokens().map(({ token }) => token));
  await options.click('[data-does=show-drill-form]');
  await options.type('.drill [name=address]', 'acme.fogbugz.com');
  await options.type('.drill [name=email]', 'ada@example.com');
  await options.type('.drill [name=password]', stage.password);
  await options.click('[data-does=begin-drill]');
  await options.waitFor(`document.querySelector('[data-drill=waiting]') !== null`);
  const begun = stage.sandbox.tokens().find(({ token }) => !before.has(token));
  if (!begun) throw new Error('The drill has opened no session');
  return begun.token;
}

/** What the options say that opened by themselves, once the drill has this verdict and it is proven. */
export async function drillResult(stage: Stage, verdict: string): Promise<Tab> {
  const options = await until('the options to open by themselves', () => tabWith(stage.browser, 'options'));
  await options.waitFor(
    `document.querySelector('[data-drill]')?.dataset.drill === ${JSON.stringify(verdict)}`,
  );
  await options.waitFor(`document.querySelector('.drill').innerText.includes('has confirmed')`);
  await options.waitFor(
    `(({ top, bottom }) => top >= 0 && bottom <= innerHeight)(document.querySelector('.drill').getBoundingClientRect())`,
  );
  return options;
}
