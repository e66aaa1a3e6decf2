// `npm start`: installs what is missing, builds, and shows the extension at work in a real browser.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { ensureNpmPackages, ensureSystemPackages, findBrowser, root, say } from './setup.mjs';

const browsers = { chromium: 'chromium', firefox: 'firefox-esr' };

const { values } = parseArgs({
  options: { browser: { type: 'string' }, headless: { type: 'boolean' }, help: { type: 'boolean' } },
});
if (values.help || (values.browser && !(values.browser in browsers))) {
  console.log('npm start [-- --browser chromium|firefox] [--headless]');
  process.exit(values.help ? 0 : 1);
}

ensureNpmPackages();
const wanted = values.browser ? [values.browser] : Object.keys(browsers);
let browser = wanted.find(name => findBrowser(browsers[name]));
if (!browser) {
  ensureSystemPackages([browsers[wanted[0]]]);
  browser = wanted.find(name => findBrowser(browsers[name]));
}
if (!browser) {
  console.error(
    'No browser was found: install Chromium or Firefox (on Debian: apt install chromium), or name one in the variable CHROMIUM or FIREFOX.',
  );
  process.exit(1);
}

say('Building');
const mode = browser === 'firefox' ? 'firefox' : 'chrome';
step('vite/bin/vite.js', 'build', '--logLevel', 'warn', '--mode', mode);
const program = findBrowser(browsers[browser]);
step('tsx/dist/cli.mjs', 'scripts/demo.ts', browser, program, values.headless ? 'headless' : '');

/** By Node itself: on Windows `npx` is a batch file, which is no program. */
function step(script, ...args) {
  const { status } = spawnSync(process.execPath, [`node_modules/${script}`, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
