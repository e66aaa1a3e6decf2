import { setTimeout as wait } from 'node:timers/promises';
import { makeCertificate } from '../sandbox/certificate.ts';
import { startDisplay } from './display.ts';
import { setStage } from './stage.ts';
import { until } from './until.ts';

const [mode, tries = '2', pause = '0'] = process.argv.slice(2);
const display = await startDisplay();
const certificate = await makeCertificate();
for (let i = 0; i < Number(tries); i++) {
  const stage = await setStage('firefox', { display: display.name, certificate, extension: '/tmp/ffdebug' });
  try {
    if (mode === 'count') await stage.changeSettings({ graceSeconds: 600 });
    const { tab, token } = await stage.logOn('acme');
    await stage.warm('acme');
    if (mode === 'count') {
      await tab.close();
      await until('cd', async () => (await stage.sessions())[0]?.state.is === 'counting-down');
    }
    await wait(Number(pause));
    const t0 = Date.now();
    if (mode === 'quit') await stage.browser.quit();
    else if (mode === 'ctrlq') await stage.browser.press('ctrl+q');
    else await stage.browser.closeWindow();
    const t1 = await stage.browser.ended();
    await wait(500);
    console.log(
      mode,
      'gone after',
      t1 - t0,
      'logoffs',
      stage.life(token).logOffsAsked,
      stage.sandbox
        .requests()
        .slice(-3)
        .map(r => `${r.at - t0}ms ${r.path} ${r.command} ${r.outcome} reused=${r.reused}`)
        .join(' | '),
    );
    console.log(
      stage.browser
        .console()
        .map(l => l.replace(/@(\d+)/, (_, t) => String(Number(t) - t0)))
        .join('\n'),
    );
  } catch (e) {
    console.log(e);
  }
  await stage.strike();
}
await display.stop();
process.exit(0);
