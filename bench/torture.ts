/**
 * Log on, SIGKILL at a random moment after the button was pressed, start again; over and over on one profile. In every
 * second cycle that start is killed too, while it does what a start does. `npm run torture`, or with the name of a
 * browser and a number of cycles. A token is known once the extension has asked whose it is, which it does when the
 * record is on the disk; each known token has to be dead after the next start. Whoever is killed before that has a
 * token that nobody could have kept: those are counted apart.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { startDisplay } from '../e2e/display.ts';
import { setStage } from '../e2e/stage.ts';
import { makeCertificate } from '../sandbox/certificate.ts';

const longestMs = 800;
const [name = 'chromium', cycles = '200'] = process.argv.slice(2);
if (name !== 'chromium' && name !== 'firefox') throw new Error('torture [chromium|firefox] [cycles]');

const display = await startDisplay();
const stage = await setStage(name, { display: display.name, certificate: await makeCertificate() });
let [known, tooSoon, lost, leaks] = [0, 0, 0, 0];
try {
  for (let cycle = 1; cycle <= Number(cycles); cycle += 1) {
    const logOn = await stage.atLogOn('acme');
    // From here on, so that it is also hit between the cookie, the record and the disk. A press that the kill hits fails.
    void logOn.press().catch(() => undefined);
    const afterMs = [await killed()];
    if (cycle % 2 === 0) {
      await stage.restart();
      afterMs.push(await killed());
    }
    const token = logOn.token();
    const isKnown = stage.sandbox
      .requests()
      .some(({ command, token: of }) => command === 'viewPerson' && of !== undefined && of === token);
    await stage.restart();
    if (token === undefined || !isKnown) tooSoon += 1;
    else {
      known += 1;
      const died = await stage.dead(token).catch(() => undefined);
      if (!died) lost += 1;
    }
    console.log(
      `${name} ${cycle}: killed ${afterMs.join(' and ')} ms after the press and the start, ${isKnown ? 'known' : 'too soon'}, lost ${lost}`,
    );
  }
} finally {
  const found = await stage.strike();
  await display.stop();
  for (const leak of found) console.error(leak);
  leaks = found.length;
  console.log(
    `${name}: ${known} known tokens, ${lost} lost; ${tooSoon} killed before anybody knew; ${leaks} leaks`,
  );
}
process.exit(lost === 0 && leaks === 0 ? 0 : 1);

/** Kills the browser at a random moment. Tells after how many ms. */
async function killed(): Promise<number> {
  const afterMs = Math.round(Math.random() * longestMs);
  await wait(afterMs);
  stage.browser.signal('SIGKILL');
  await stage.browser.ended();
  return afterMs;
}
