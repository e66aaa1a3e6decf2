import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Settings } from '../../src/session/settings.ts';
import { accessibilityTroubles } from '../accessibility.ts';
import type { BrowserName, Page } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { does, settings, startAgain, stored } from '../pressing.ts';
import { launchers, type Stage } from '../stage.ts';
import { until } from '../until.ts';

/** Of each setting another value than that of a new profile. */
const chosen: Settings = {
  lastTab: false,
  graceSeconds: 77,
  browserClose: false,
  idleMinutes: 200,
  lock: true,
  maxHours: 9,
  dailyAt: '04:30',
  toolbarClick: 'log-off',
  keepHistory: false,
  guard: true,
  notices: 'problems',
  ownSites: ['https://bugs.example.com/'],
  exceptions: { 'https://acme.fogbugz.com/': { lastTab: false, graceSeconds: 5, maxHours: 2 } },
};

const backup = '[name=backup]';
const says = (page: Page, words: RegExp): Promise<void> =>
  page.waitFor(`${words}.test(document.body.innerText)`);

/** The settings as a file, out and in through the real controls. */
export function backups(play: Play, name: BrowserName): void {
  /** Whether the browser starts on a new profile, in the place of the one that it had. */
  let elsewhere = false;
  play(
    'refuses a settings file that makes no sense and changes nothing, and brings all settings to another profile',
    async stage => {
      const folder = await mkdtemp(join(tmpdir(), 'settings-'));
      const { profile } = stage.browser;
      try {
        const options = await stage.browser.openOptions();
        await options.evaluate(
          `await (globalThis.browser ?? chrome).runtime.sendMessage({ do: 'import-settings', settings: argument })`,
          chosen,
        );
        const { token } = await stage.logOn('acme');
        await options.waitFor(`document.querySelector('${backup}') !== null`);
        await options.click(does('export-settings'));
        const exported = await until('the file', () => downloaded(profile));
        const text = await readFile(exported, 'utf8');
        expect(text).not.toContain(token);
        expect(JSON.parse(text)).toMatchObject({ settings: chosen });

        await until('all to be stored', async () => {
          const now = JSON.stringify(await everything(stage));
          return [/"person":/, /"settings:0":.*graceSeconds/].every(part => part.test(now));
        });
        const before = await everything(stage);
        const choose = async (content: string): Promise<void> => {
          const file = join(folder, 'settings.json');
          await writeFile(file, content);
          await options.chooseFile(backup, file);
        };
        for (const [content, reason] of refused(text)) {
          await choose(content);
          await says(options, reason);
          await says(options, /Nothing was changed/);
          expect(await everything(stage), String(reason)).toEqual(before);
        }
        expect(await accessibilityTroubles(options)).toEqual([]);
        await choose(edited(text, { sound: true, graceSeconds: 50 }));
        await says(options, /The settings are imported.[\s\S]*“sound”/);
        await stored(stage, { graceSeconds: 50 });
        expect(stage.life(token).diedAt).toBeUndefined();

        elsewhere = true;
        await startAgain(stage);
        elsewhere = false;
        expect(stage.browser.profile).not.toBe(profile);
        const there = await stage.browser.openOptions();
        await there.waitFor(`document.querySelector('[name=graceSeconds]')?.value === '10'`);
        await there.chooseFile(backup, exported);
        await says(there, /The settings are imported/);
        const same = async () => {
          const { changedAt: _, ...rest } = await settings(stage);
          expect(rest).toEqual(chosen);
        };
        await same();
        await startAgain(stage);
        await same();
        const again = await stage.browser.openOptions();
        await again.waitFor(`document.querySelector('[name=maxHours]')?.value === '9'`);
        await says(again, /bugs\.example\.com/);
        await stage.lookForSecrets(profile);
      } finally {
        await rm(folder, { recursive: true, force: true });
        if (stage.browser.profile !== profile)
          await rm(profile, { recursive: true, force: true, maxRetries: 5 });
      }
    },
    {
      launch: ({ profile, ...options }) =>
        launchers[name](elsewhere || profile === undefined ? options : { ...options, profile }),
    },
  );
}

/** Files made of an exported one, each with the reason for which it is refused; no two in a row have the same. */
function refused(text: string): readonly (readonly [content: string, reason: RegExp])[] {
  const notOne = /does not hold exported settings/;
  return [
    ['<html>', notOne],
    [edited(text, { browserClose: 'perhaps' }), /“When the browser closes” in this file makes no sense/],
    ['', notOne],
    [edited(text, { graceSeconds: 0, ownSites: ['https://*/'] }), /“Sites” in this file makes no sense/],
    [text.slice(0, -20), notOne],
    [edited(text, { ownSites: ['javascript:alert(1)'] }), /“Sites” in this file makes no sense/],
    [text.replace('"version": 1', '"version": 2'), /A newer version has exported these settings/],
    [
      edited(text, { exceptions: { 'https://acme.fogbugz.com/': { graceSeconds: -1 } } }),
      /“Different for this site” in this file makes no sense/,
    ],
    [text + ' '.repeat(500_000), /too large to hold exported settings/],
  ];
}

function edited(text: string, change: Readonly<Record<string, unknown>>): string {
  const file: { readonly settings: object } = JSON.parse(text);
  return JSON.stringify({ ...file, settings: { ...file.settings, ...change } });
}

/** All that the extension has in its stores, and all that it may do. */
function everything({ browser }: Stage): Promise<object> {
  return browser.inWorker(
    `const { storage, permissions } = globalThis.browser ?? chrome;
     const [local, sync, session] = await Promise.all([storage.local, storage.sync, storage.session].map(area => area.get(null)));
     return { local, sync, session, permissions: await permissions.getAll() };`,
  );
}

/** The path of the file that was downloaded into a profile, once it is whole. */
async function downloaded(profile: string): Promise<string | undefined> {
  const folder = join(profile, 'downloads');
  const [file] = (await readdir(folder).catch(() => [])).filter(one => one.endsWith('.json'));
  return file && (await readFile(join(folder, file), 'utf8')) ? join(folder, file) : undefined;
}
