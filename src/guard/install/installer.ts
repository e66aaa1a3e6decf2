import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromiumIds, geckoIds, hostName, packageName } from '../../guard-messages.ts';
import type { Machine, Scope } from '../folders.ts';
import { runningWatchers } from '../watcher.ts';
import { type BrowserName, browserNames, isBrowserName, type Place } from './browsers.ts';
import { carryOut, isRegistered } from './carry-out.ts';
import { confinedBrowsers } from './confined.ts';
import type { ExtensionIds } from './contents.ts';
import { type Layout, layoutOf, manifestPath, planInstall, planUninstall, type Step } from './plan.ts';
import { tryHost } from './try-host.ts';

/** This very file and the Node that runs it. */
export type Self = { readonly program: string; readonly node: string; readonly version: string };

type Wish = { readonly scope: Scope; readonly ids: ExtensionIds; readonly browsers: readonly BrowserName[] };

const usage = `The Guard logs FogBugz sessions off when their browser is gone.

  install      for every browser found   [--extension-id ID]... [--browser NAME]... [--system]
  status       what is installed, and whether it would work   [--system]
  test         starts the Guard as a browser does             [--system]
  uninstall    leaves nothing                                  [--system]

  logoff SITE    logs off the token on the standard input, once
  check SITE     says whether that token is alive
  discover SITE  says which API the site speaks

  --extension-id  another extension that may call the Guard, such as an unpacked one
  --browser       ${browserNames.join(', ')}; also if it is not found
  --system        for everybody on this machine (Linux, as root)

Package ${packageName}, native host ${hostName}.
`;

/** Carries out what the user typed. Gives the exit status. */
export async function runInstaller(
  command: string,
  args: readonly string[],
  machine: Machine,
  self: Self,
): Promise<number> {
  const wish = readWish(args, machine);
  if (typeof wish === 'string') return complain(wish);
  const layout = layoutOf(machine, wish.scope);
  switch (command) {
    case 'install':
      return install(machine, layout, wish, self);
    case 'uninstall':
      return uninstall(machine, layout);
    case 'status':
      return status(machine, layout, self);
    case 'test':
      return test(machine, layout, wish, self);
    case 'help':
    case '--help':
      say(usage);
      return 0;
    default:
      return complain(`There is no command "${command}".\n\n${usage}`);
  }
}

/** Reads the options; a text says what is wrong with them. */
function readWish(args: readonly string[], { platform }: Machine): Wish | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'extension-id': { type: 'string', multiple: true, default: [] },
        browser: { type: 'string', multiple: true, default: [] },
        system: { type: 'boolean', default: false },
      },
    });
    const isChromiumId = (id: string) => /^[a-p]{32}$/.test(id);
    const more = values['extension-id'];
    if (!more.every(id => /^[\w.@{}-]{1,80}$/.test(id))) return 'That is not the id of an extension.';
    const unknown = values.browser.find(name => !isBrowserName(name));
    if (unknown !== undefined) return `Browsers: ${browserNames.join(', ')}. Not: ${unknown}.`;
    if (values.system && platform !== 'linux') return '--system is for Linux.';
    return {
      scope: values.system ? 'system' : 'user',
      browsers: values.browser.filter(isBrowserName),
      ids: {
        chromium: [...chromiumIds, ...more.filter(isChromiumId)],
        firefox: [...geckoIds, ...more.filter(id => !isChromiumId(id))],
      },
    };
  } catch (error) {
    return reasonOf(error);
  }
}

function install(machine: Machine, layout: Layout, { browsers, ids }: Wish, self: Self): number {
  const isWanted = ({ browser, signs }: Place) => browsers.includes(browser) || signs.some(existsSync);
  const places = layout.places.filter(isWanted);
  for (const { title, possible } of confinedBrowsers(machine, existsSync)) say(`${title}: ${possible}\n`);
  if (places.length === 0) return complain('No browser that the Guard knows was found. See --browser.');
  if (perform(planInstall(machine, layout, places, self, ids)) > 0) return 1;
  say(`\nThe Guard is installed for ${places.map(({ title }) => title).join(', ')}.\n`);
  return 0;
}

async function uninstall(machine: Machine, layout: Layout): Promise<number> {
  const watchers = await runningWatchers(layout.state);
  if (watchers.length > 0) {
    say(
      `A watcher (process ${watchers.join(', ')}) still logs sessions off. Its folder stays: ${layout.state}\n`,
    );
  }
  return perform(planUninstall(machine, layout, watchers.length > 0 ? 'keep-state' : 'remove-state')) > 0
    ? 1
    : 0;
}

async function status(machine: Machine, layout: Layout, self: Self): Promise<number> {
  const isThere = existsSync(layout.program) && existsSync(layout.launcher);
  say(`Guard: ${isThere ? layout.program : 'not installed'}\n`);
  if (isThere && !readFileSync(layout.program).equals(readFileSync(self.program))) {
    say(`It is not the version that you run now (${self.version}): "install" replaces it.\n`);
  }
  for (const place of layout.places) say(`${place.title}: ${stateOf(place, machine, layout)}\n`);
  for (const { title, possible } of confinedBrowsers(machine, existsSync)) say(`${title}: ${possible}\n`);
  const watchers = await runningWatchers(layout.state);
  if (watchers.length > 0) say(`Sessions are still being logged off by process ${watchers.join(', ')}.\n`);
  return isThere ? 0 : 1;
}

function stateOf(place: Place, machine: Machine, { launcher }: Layout): string {
  const path = manifestPath(machine, place);
  const registered = place.registry === undefined || isRegistered(`${place.registry}\\${hostName}`);
  if (!registered || !existsSync(path)) return place.signs.some(existsSync) ? 'not installed' : 'not found';
  return readFileSync(path, 'utf8').includes(JSON.stringify(launcher))
    ? `installed, ${path}`
    : `another host, ${path}`;
}

async function test(machine: Machine, layout: Layout, { ids }: Wish, { version }: Self): Promise<number> {
  const place = layout.places.find(({ family }) => family === 'firefox');
  const [id] = ids.firefox;
  if (!existsSync(layout.launcher) || !place || id === undefined)
    return complain('The Guard is not installed.');
  const trouble = await tryHost(layout.launcher, [manifestPath(machine, place), id], version);
  if (trouble !== undefined) return complain(`${layout.launcher}: ${trouble}.`);
  say('The Guard answers.\n');
  return 0;
}

/** Carries steps out and says each. Gives the number of those that failed. */
function perform(steps: readonly Step[]): number {
  let failed = 0;
  for (const step of steps) {
    try {
      const done = carryOut(step);
      if (done !== undefined) say(`${done}\n`);
    } catch (error) {
      failed += 1;
      complain(reasonOf(error));
    }
  }
  return failed;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function say(text: string): void {
  process.stdout.write(text);
}

function complain(text: string): number {
  process.stderr.write(`${text}\n`);
  return 1;
}
