// Brings a fresh machine to where the project runs. Plain JavaScript without packages: it is what installs them.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const langpack = language =>
  `/usr/lib/firefox-esr/browser/extensions/langpack-${language}@firefox-esr.mozilla.org.xpi`;

/** What each Debian package is wanted for: a program, or a file where it has none. */
const debianPackages = {
  chromium: {
    programs: ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'],
    env: 'CHROMIUM',
  },
  'firefox-esr': { programs: ['firefox-esr', 'firefox'], env: 'FIREFOX' },
  xvfb: { programs: ['Xvfb'] },
  openbox: { programs: ['openbox'] },
  wmctrl: { programs: ['wmctrl'] },
  'x11-xserver-utils': { programs: ['xset'] },
  xdotool: { programs: ['xdotool'] },
  curl: { programs: ['curl'] },
  imagemagick: { programs: ['import'] },
  'libnss3-tools': { programs: ['certutil'] },
  // Other languages than English, for the stories in which the browser speaks one.
  'chromium-l10n': { file: '/usr/lib/chromium/locales/he.pak' },
  'firefox-esr-l10n-de': { file: langpack('de') },
  'firefox-esr-l10n-es-es': { file: langpack('es-ES') },
  'firefox-esr-l10n-fr': { file: langpack('fr') },
  'firefox-esr-l10n-he': { file: langpack('he') },
  'firefox-esr-l10n-ja': { file: langpack('ja') },
  'firefox-esr-l10n-pt-br': { file: langpack('pt-BR') },
  'firefox-esr-l10n-zh-cn': { file: langpack('zh-CN') },
  'fonts-dejavu-core': { file: '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf' },
};

/** Everything that the end-to-end tests need. */
export const forTests = Object.keys(debianPackages);

/** Installs the npm packages that the lockfile names, unless they are there. */
export function ensureNpmPackages() {
  const lock = join(root, 'package-lock.json');
  const done = join(root, 'node_modules', '.installed-lock');
  if (existsSync(done) && readFileSync(done, 'utf8') === readFileSync(lock, 'utf8')) return;
  say('Installing the npm packages');
  // Not `npm ci`: it refuses a lockfile that was written where some other platform's optional binaries were not to be
  // had. This takes the versions of the lockfile just the same, and leaves the file alone.
  // On Windows npm is a batch file, which is no program.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund'], { shell: process.platform === 'win32' });
  writeFileSync(done, readFileSync(lock));
}

/**
 * Sees to the Debian packages named: installs what is missing where that is possible (Debian or Ubuntu, as root), and
 * otherwise says what to install. Returns the names of those that are still missing.
 */
export function ensureSystemPackages(names = forTests) {
  const missing = names.filter(name => !isThere(debianPackages[name]));
  if (missing.length === 0) return [];
  if (process.getuid?.() === 0 && find(['apt-get'])) {
    say(`Installing ${missing.join(', ')}`);
    const quiet = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    run('apt-get', ['update', '-qq'], quiet);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quiet);
  }
  return names.filter(name => !isThere(debianPackages[name]));
}

/** The path of a browser, or undefined: `CHROMIUM` and `FIREFOX` name one that stands elsewhere. */
export function findBrowser(name) {
  const { programs, env } = debianPackages[name];
  return process.env[env] || find(programs);
}

export function say(text) {
  process.stdout.write(`\n── ${text}\n`);
}

function isThere({ programs, file, env }) {
  if (env && process.env[env]) return isExecutable(process.env[env]);
  return file ? existsSync(file) : find(programs) !== undefined;
}

function find(programs) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return programs.flatMap(program => folders.map(folder => join(folder, program))).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
}
