import { spawn } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Play } from '../playbill.ts';
import { pageOf } from '../stage.ts';
import { until } from '../until.ts';

/** The scanner that follows every story is no use if it overlooks what it is to find. */
export function secrets(play: Play): void {
  play(
    'finds tokens and passwords that are planted: in storage, page, console, process, request and file',
    async stage => {
      const { tab, token } = await stage.logOn('acme');
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
      const popup = await stage.popup();
      await popup.evaluate(`document.body.title = argument`, stage.password);
      await popup.close();
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
          /^token .* in a page of the extension$/,
          /^password .* in a page of the extension$/,
          /^token .* in the command line of process/,
          /^password .* in the environment of process/,
          /^token .* in the address of a request to acme/,
          /^token .* in the headers of a request to beta/,
          /^token .* in the body of a request to beta/,
          /^token .* in the file planted\.log$/,
        ];
        const missed = places.filter(place => !leaks.some(leak => place.test(leak)));
        expect({ missed, leaks }).toMatchObject({ missed: [] });
      },
    },
  );
}
