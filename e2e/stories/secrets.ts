import { spawn } from 'node:child_process';
import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Play } from '../playbill.ts';
import { pageOf, type Stage } from '../stage.ts';
import { until } from '../until.ts';

/** The scanner that follows every story is no use if it overlooks what it is to find. */
export function secrets(play: Play): void {
  play(
    'finds tokens and passwords that are planted: in storage, page, notice, clipboard, console, process, request, file and download',
    async stage => {
      const { tab, token } = await stage.logOn('acme');
      // First: the browser's own word of a download would hide the button.
      const popup = await stage.popup();
      await popup.evaluate(`document.body.title = argument`, stage.password);
      await popup.close();
      await plantBeyond(stage);
      await stage.browser.inWorker(
        `const { local, session, sync } = (globalThis.browser ?? chrome).storage;
         await local.set({ history: [{ person: argument }] });
         await session.set({ 'view:planted': { id: 'planted', token: argument } });
         await sync.set({ planted: argument });`,
        token,
      );
      const worker = await stage.browser.inWorker<string>('return location.href');
      // Named, because Chromium's log is read by whose script it was.
      await stage.browser.inWorker(
        `console.error('planted ' + argument);\n//# sourceURL=${new URL('planted.js', worker).href}\n`,
        token,
      );
      await until('the console', () => stage.browser.console().some(line => line.includes('planted')));
      const options = await stage.browser.openOptions();
      await options.evaluate(`document.body.dataset.planted = argument`, token);
      const program = spawn(process.execPath, ['-e', 'setTimeout(() => 0, 60_000)', token], {
        env: { ...process.env, PLANTED: stage.password },
        stdio: 'ignore',
      });
      await until('the process', () => program.pid !== undefined);
      // As a page's own script might: a token in an address, in another host's request, and under a wrong name.
      await tab.goto(pageOf('acme', `f/cases?planted=${token}`));
      await tab.goto(pageOf('beta', 'login'));
      await tab.evaluate(
        `await fetch('/default.asp', { method: 'POST', headers: { 'x-planted': argument }, body: argument })`,
        token,
      );
      await appendFile(join(stage.browser.profile, 'planted.log'), Buffer.from(`x${token}`, 'utf16le'));
      // A storage area that nobody can look at is no less a find.
      await stage.browser.inWorker(
        `const { managed } = (globalThis.browser ?? chrome).storage;
         managed.get = () => Promise.reject(new Error('planted'));`,
      );
      await stage.lookForSecrets();
      program.kill('SIGKILL');
    },
    {
      judgeLeaks(leaks) {
        const places = [
          /^token .* in storage\.local, history$/,
          /^token .* in storage\.session, view:planted$/,
          /^token .* in storage\.sync, planted$/,
          /^token .* in the console$/,
          /^token .* in a page of the extension, .*options\.html$/,
          /^password .* in a page of the extension, .*popup\.html$/,
          /^password .* in a page of the extension, .*options\.html$/,
          /^storage\.managed could not be looked at: .*planted/,
          /^token .* in the command line of process/,
          /^password .* in the environment of process/,
          /^token .* in the address of a request to acme/,
          /^token .* in the headers of a request to beta/,
          /^token .* in the body of a request to beta/,
          /^token .* in the file planted\.log$/,
          /^token .* in a notice$/,
          /^token .* in the clipboard$/,
          /^token .* in the file downloads\/.*\.csv$/,
          /^token .* in the file downloads\/.*\.json$/,
        ];
        const missed = places.filter(place => !leaks.some(leak => place.test(leak)));
        expect({ missed, leaks }).toMatchObject({ missed: [] });
      },
    },
  );
}

/** Where the extension puts words out of its own hands: a server's own would take a token there. */
async function plantBeyond(stage: Stage): Promise<void> {
  await stage.changeSettings({ graceSeconds: 0 });
  const options = await stage.browser.openOptions();
  await options.click('[name=notices][value=all]');
  await stage.permitNotices();
  // The name of a person, which notices and the history show.
  const token = stage.sandbox.birth('beta.fogbugz.com', 'grace@example.com');
  const envelope = { errors: [], data: { person: { sFullName: token, sEmail: '' } }, meta: {} };
  stage.sandbox.fault({ is: 'says', status: 200, body: JSON.stringify(envelope), command: 'viewPerson' });
  const { tab } = await stage.logOn('beta');
  await until('the name', async () => JSON.stringify(await stage.sessions()).includes(`"${token}"`));
  await tab.close();
  await until('the notice', () => stage.browser.console().some(line => line.includes('A notice')));
  stage.sandbox.clearFaults();
  await options.waitFor('document.querySelectorAll(".table tbody tr").length > 0');
  await options.click('[data-does=export-history]');
  // The address of a server, which the file with the settings has in it.
  await options.evaluate(
    `await (globalThis.browser ?? chrome).runtime.sendMessage({ do: 'set-exception', site: argument, rules: { lock: true } })`,
    `https://beta.fogbugz.com/${token}/`,
  );
  await options.waitFor(`document.querySelector('[name=backup]') !== null`);
  await options.click('[data-does=export-settings]');
  await until('both files', async () => (await downloads(stage)).length === 2);
  await options.close();
  // Where its API is, which the command line shows, and copies.
  await stage.settled();
  await stage.browser.inWorker(
    `const { local } = (globalThis.browser ?? chrome).storage;
     const text = JSON.stringify(await local.get('sites'));
     await local.set(JSON.parse(text.replaceAll('jsonapi"', 'jsonapi?' + argument + '"')));`,
    token,
  );
  await stage.browser.killWorker();
  const again = await stage.browser.openOptions();
  await again.click('[data-site*=beta] [data-does=show-request]');
  await again.waitFor(`document.querySelector('[data-site*=beta] pre').textContent.includes('jsonapi?')`);
  await again.click('[data-site*=beta] [data-does=copy-curl]');
  await again.waitFor(`document.querySelector('[data-site*=beta] .said')?.dataset.tone === 'good'`);
  await again.evaluate(`document.body.title = argument`, stage.password);
  await again.close();
  // Nothing else is to end meanwhile, and write over what is planted in the history.
  await stage.changeSettings({ graceSeconds: 600 });
}

/** The files that were downloaded, once they are whole. */
async function downloads({ browser }: Stage): Promise<readonly string[]> {
  const files = await readdir(join(browser.profile, 'downloads')).catch(() => []);
  return files.filter(file => /\.(csv|json)$/.test(file));
}
