import { expect } from 'vitest';
import type { Page } from '../browser.ts';
import type { Play } from '../playbill.ts';
import type { Stage } from '../stage.ts';
import { until } from '../until.ts';

const many = 200;
const lines = 1000;

/** More than anybody has, on the real pages: counted, how much is drawn for one change. */
export function crowd(play: Play): void {
  play('shows two hundred sessions, and draws none anew but the one that is logged off', async stage => {
    await logOnAtMany(stage);
    await remember(stage);
    const popup = await stage.popup();
    await popup.waitFor(`document.querySelectorAll('.card').length === ${many}`);
    // What comes by and by, the server's answers, is there before anything is counted.
    await popup.waitFor(`document.body.innerText.split('Ada Lovelace').length > ${many}`);
    expect(await popup.evaluate<boolean>('document.documentElement.scrollHeight > innerHeight')).toBe(true);
    expect(await popup.evaluate<number>('document.querySelectorAll("*").length')).toBeLessThan(many * 20);

    for (const which of ['first', 'last'] as const) {
      const before = await popup.evaluate<number>(watchCards, which);
      await popup.click(`.card:${which}-child [data-does=log-off]`);
      await popup.waitFor(`document.querySelectorAll('.card').length === ${before - 1}`);
      expect(await popup.evaluate(theChange)).toEqual({
        others: 0,
        added: 0,
        removed: 1,
        said: regions.map(() => 'each once'),
      });
    }
    await popup.close();
  });

  play('shows a thousand lines of history in pages, and moves few of them for a new one', async stage => {
    const { token } = await stage.logOn('acme');
    await remember(stage);
    const options = await stage.browser.openOptions();
    await options.waitFor('document.querySelectorAll(".table tbody tr").length === 50');
    expect(await grownAtOnce(options)).toBe(50);

    await options.evaluate(`
      globalThis.rows = 0;
      new MutationObserver(changes => {
        for (const { addedNodes } of changes)
          for (const node of addedNodes) if (node.localName === 'tr' || node.localName === 'tbody')
            rows += node.localName === 'tr' ? 1 : node.rows.length;
      }).observe(document.querySelector('.table table'), { childList: true, subtree: true });`);
    const [session] = await stage.sessions();
    await options.evaluate(
      `await (globalThis.browser ?? chrome).runtime.sendMessage({ do: 'log-off', id: argument })`,
      session?.id,
    );
    await stage.dead(token);
    await options.waitFor('document.querySelector(".table tbody tr").innerText.includes("acme")');
    // One line that is new, and the first of each of the twenty parts.
    expect(await options.evaluate<number>('rows')).toBeLessThanOrEqual(21);
    expect(await options.evaluate<number>('document.querySelectorAll(".table tbody tr").length')).toBe(lines);
  });
}

/** Sessions at as many sites, found by their cookies as ever. */
async function logOnAtMany(stage: Stage): Promise<void> {
  // Browsers keep some 180 cookies for all hosts of one domain together, and drop the oldest.
  const domains = ['fogbugz.com', 'manuscript.com'];
  const hosts = Array.from({ length: many }, (_, index) => `team-${index}.${domains[index % 2]}`);
  const cookies = hosts.map(host => ({
    url: `https://${host}/`,
    name: 'fbToken',
    value: stage.sandbox.birth(host, 'ada@example.com'),
    httpOnly: true,
    secure: true,
  }));
  await stage.browser.inWorker(
    'for (const cookie of argument) await (globalThis.browser ?? chrome).cookies.set(cookie);',
    cookies,
  );
  await until(`${many} sessions`, async () => (await stage.sessions()).length === many, { ms: 60_000 });
}

/** Has so many lines in the history, of log-offs hours ago. */
export async function remember({ browser }: Stage, count = lines): Promise<void> {
  await browser.inWorker(
    `const history = Array.from({ length: argument }, (_, index) => ({
       id: String(index), at: Date.now() - (index + 1) * 3_600_000, site: 'https://beta.fogbugz.com/', person: 'Ada',
       trigger: 'last-tab', outcome: 'logged-off', attempts: 1, ms: 43, confirmed: true,
     }));
     await (globalThis.browser ?? chrome).storage.local.set({ history });`,
    count,
  );
}

/** Where a screen reader hears of sessions: what becomes of each, and how the last one ended. */
const regions = ['.unseen[role=status]', '.foot .last[role=status]'];

/** From now on notes what changes in the popup; gives the number of cards. */
const watchCards = `
  const cards = [...document.querySelectorAll('.card')];
  const own = argument === 'first' ? cards[0] : cards.at(-1);
  const change = { others: new Set(), added: 0, removed: 0, said: ${JSON.stringify(regions)}.map(() => []) };
  globalThis.change = change;
  globalThis.watcher?.disconnect();
  globalThis.watcher = new MutationObserver(records => {
    for (const { target, addedNodes, removedNodes } of records) {
      const card = (target instanceof Element ? target : target.parentElement)?.closest('.card');
      if (card && card !== own) change.others.add(card);
      const isCard = node => node instanceof Element && node.matches('.card');
      change.added += [...addedNodes].filter(isCard).length;
      change.removed += [...removedNodes].filter(isCard).length;
      for (const [index, region] of ${JSON.stringify(regions)}.entries())
        if (document.querySelector(region).contains(target))
          change.said[index].push(document.querySelector(region).textContent);
    }
  });
  watcher.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  return cards.length;`;

const theChange = `
  const { others, added, removed, said } = globalThis.change;
  const once = words => words.length > 0 && new Set(words).size === words.length;
  return { others: others.size, added, removed, said: said.map(words => once(words) ? 'each once' : words) };`;

/** Has all lines drawn, and tells how many came at most between two frames of the screen. */
function grownAtOnce(options: Page): Promise<number> {
  return options.evaluate<number>(
    `const rows = () => document.querySelectorAll('.table tbody tr').length;
     document.querySelector('[data-does=show-all]').click();
     let most = 0;
     for (let before = rows(); before < argument; ) {
       await new Promise(resolve => requestAnimationFrame(resolve));
       most = Math.max(most, rows() - before);
       before = rows();
     }
     return most;`,
    lines,
  );
}
