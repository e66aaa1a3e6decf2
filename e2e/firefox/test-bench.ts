/** A display, a site and a throw-away extension for the tests of the driver, and one browser at a time. */
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type Display, startDisplay } from '../display.ts';
import { type Firefox, type FirefoxOptions, launch, withVersion } from '../firefox.ts';
import { writeTestExtension } from './test-extension.ts';
import { startSite, type TestSite } from './test-site.ts';

let display: Display;
export let site: TestSite;
let extension: string;
let firefox: Firefox | undefined;
const folders: string[] = [];

beforeAll(async () => {
  display = await startDisplay();
  site = await startSite();
  extension = await writeTestExtension();
}, 60_000);

afterEach(async () => {
  await firefox?.dispose();
  firefox = undefined;
});

afterAll(async () => {
  await display?.stop();
  await site?.close();
  for (const folder of [extension, ...folders])
    if (folder) await rm(folder, { recursive: true, force: true });
});

export async function start(options: Partial<FirefoxOptions> = {}): Promise<Firefox> {
  const { port, authority } = site;
  firefox = await launch({ extension, port, authority, display: display.name, ...options });
  return firefox;
}

/** Starts on a profile that outlives the browser. */
export async function startKept(options: Partial<FirefoxOptions> = {}): Promise<Firefox> {
  const profile = join(tmpdir(), `firefox-kept-${process.pid}-${folders.length}`);
  await mkdir(profile);
  folders.push(profile);
  return start({ profile, ...options });
}

export async function bumped(version: string): Promise<string> {
  const folder = await withVersion(extension, version);
  folders.push(folder);
  return folder;
}

export async function over(browser: Firefox): Promise<void> {
  await browser.ended();
  await browser.dispose();
}

/** What the extension has noted since its worker started. */
export const events = (browser: Firefox) => browser.inWorker<readonly string[]>('log');
