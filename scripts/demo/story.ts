import type { Narrator } from './narrator.ts';
import type { Start } from './performer.ts';

/** The story of three ends: the last tab, the browser closed, the browser killed. */
export async function play(start: Start, narrator: Narrator): Promise<void> {
  console.log('1. Ada logs on and closes her last FogBugz tab (the grace is set to none)');
  let browser = await start();
  await browser.command({ do: 'change-settings', change: { graceSeconds: 0 } });
  const tab = await browser.open('https://demo.fogbugz.com/login');
  await tab.logOn('ada@example.com', 'demo');
  await narrator.adopted();
  narrator.happened('the last tab closed');
  await tab.close();
  await narrator.settled();

  console.log('2. Grace logs on and closes the browser');
  await (await browser.open('https://demo.fogbugz.com/login')).logOn('grace@example.com', 'demo');
  await narrator.adopted();
  narrator.happened('the browser was closed');
  await browser.close();

  console.log(
    '3. Whatever the close has left ends at the next start. Ada logs on again, and the browser is killed',
  );
  browser = await start();
  await narrator.settled();
  await (await browser.open('https://demo.fogbugz.com/login')).logOn('ada@example.com', 'demo');
  await narrator.adopted();
  narrator.happened('the browser was killed');
  await browser.kill();
  browser = await start();
  await narrator.settled();
  await browser.close();
}
