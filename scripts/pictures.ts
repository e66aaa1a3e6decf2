// Takes the pictures that the documentation shows, of the real pages in a real browser: `npm run pictures`.
import { fileURLToPath } from 'node:url';
import { startDisplay } from '../e2e/display.ts';
import { setStage } from '../e2e/stage.ts';
import { makeCertificate } from '../sandbox/certificate.ts';

const to = (name: string): string => fileURLToPath(new URL(`../docs/pictures/${name}.png`, import.meta.url));

const display = await startDisplay();
const stage = await setStage('chromium', { display: display.name, certificate: await makeCertificate() });
try {
  await stage.changeSettings({ graceSeconds: 0 });
  const earlier = await stage.logOn('acme', { email: 'grace@example.com' });
  await earlier.tab.close();
  await stage.dead(earlier.token);
  await stage.settled();
  await stage.changeSettings({ graceSeconds: 10 });
  await stage.logOn('acme');

  const popup = await stage.popup();
  await popup.waitFor('document.querySelector(".card") !== null');
  await popup.screenshot(to('popup'));
  await popup.close();

  const options = await stage.browser.openOptions();
  await options.waitFor('document.body.innerText.includes("acme.fogbugz.com")');
  await options.screenshot(to('options'));
} finally {
  await stage.strike();
  await display.stop();
}
process.exit(0);
