// The whole gate, on a fresh machine too: types, lint, dead code, unit tests, the builds, checked, and the
// end-to-end tests in both browsers. Its last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureNpmPackages, ensureSystemPackages, root, say } from './setup.mjs';

const minutes = 60_000;
let passed = 0;
let failed = 0;
// What was started ends with this process, which a signal alone would not let it do.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

ensureNpmPackages();
const missing = ensureSystemPackages();
if (missing.length > 0) {
  // A browser that is not there is a failure: skipping its tests would be a green lie.
  console.error(`\nPlease install, then try again: ${missing.join(', ')} (Debian's names).`);
  finish(1);
}

const reports = mkdtempSync(join(tmpdir(), 'logoff-tests-'));
await check('Types', 'npm', ['run', '--silent', 'check:types']);
await check('Format and lint', 'npm', ['run', '--silent', 'check:lint']);
await check('Dead code', 'npm', ['run', '--silent', 'check:dead']);
await tests('Unit tests', [], 15 * minutes);
const built = await check('Builds and packages', 'npm', ['run', '--silent', 'package']);
if (built) {
  await check('Builds checked', 'npm', ['run', '--silent', 'check:builds']);
  const browsers = await tests('End-to-end tests', ['-c', 'vitest.e2e.config.ts'], 50 * minutes);
  count('Every end-to-end test ran in its browser', hasAll(browsers));
  // README's other command, as on a machine without a display. It builds, so nothing else may use the builds now.
  for (const browser of ['chromium', 'firefox']) {
    await check(`npm start, ${browser}`, 'npm', [
      'start',
      '--silent',
      '--',
      '--browser',
      browser,
      '--headless',
    ]);
  }
}
// Not beside the browsers, which would have to wait for it. A slow computer lives fewer schedules, and says so.
const schedules = ['8000', '--only-seeds', '--minutes', '15'];
await check('Simulation', 'npm', ['run', '--silent', 'simulate', '--', ...schedules], 25);
rmSync(reports, { recursive: true, force: true });
finish(0);

/** A check that passes or fails as one. */
async function check(name, program, args, limitMinutes = 15) {
  say(name);
  const { status } = await run(program, args, limitMinutes * minutes);
  count(name, status === 0);
  return status === 0;
}

/** Runs vitest and adds up its tests; returns how many passed in each file. A run without a report is one failure. */
async function tests(name, args, limitMs) {
  say(name);
  const report = join(reports, `${name.replaceAll(/\W+/g, '-')}.json`);
  const vitest = [
    'vitest',
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const { status } = await run('npx', vitest, limitMs);
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    passed += numPassedTests;
    // What was skipped did not pass. Nor did a run that ended badly without a failed test to show for it.
    const skipped = numPendingTests + numTodoTests;
    failed += numFailedTests + skipped || (status === 0 ? 0 : 1);
    if (skipped > 0) console.error(`${skipped} tests were skipped, which counts as failed.`);
    return testResults.map(file => ({
      name: file.name.slice(root.length),
      passed: file.assertionResults.filter(one => one.status === 'passed').length,
    }));
  } catch (error) {
    console.error(`No report of the ${name}: ${error.message}`);
    failed += 1;
    return [];
  }
}

/** The number of end-to-end tests is written down, so that one which silently no longer runs is noticed. */
function hasAll(files) {
  const expected = JSON.parse(readFileSync(join(root, 'e2e', 'expected.json'), 'utf8'));
  return Object.entries(expected).every(([name, wanted]) => {
    const ran = files.find(file => file.name === name)?.passed ?? 0;
    if (ran !== wanted)
      console.error(`${name}: ${ran} tests passed, ${wanted} are written down in e2e/expected.json.`);
    return ran === wanted;
  });
}

function count(name, good) {
  if (good) passed += 1;
  else failed += 1;
  console.log(`${good ? '✓' : '✗'} ${name}`);
}

/** Runs a program to its end, or to its limit: then it and all that it started are ended. */
function run(program, args, limitMs) {
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  const end = () => process.kill(-child.pid, 'SIGKILL');
  process.once('exit', end);
  return new Promise(resolve => {
    const limit = setTimeout(() => {
      console.error(
        `${[program, ...args].join(' ')} took longer than ${limitMs / minutes} minutes and was ended.`,
      );
      end();
    }, limitMs);
    const over = status => {
      process.off('exit', end);
      clearTimeout(limit);
      resolve({ status });
    };
    child.once('error', error => {
      console.error(error.message);
      over(1);
    });
    child.once('exit', status => over(status ?? 1));
  });
}

function finish(more) {
  failed += more;
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
