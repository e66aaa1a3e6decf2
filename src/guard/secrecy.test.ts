import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { until } from '../../e2e/until.ts';
import { openReceipts } from './receipts.ts';
import { armAll, birth, createHome, dead, serveFogBugz, useBuiltGuard } from './stage/stage.ts';
import { runningWatchers } from './watcher.ts';

const { program } = useBuiltGuard();

it('shows a token to nobody: not in command lines, environments, files or outputs', async () => {
  const sandbox = await serveFogBugz();
  const home = createHome(program);
  const browser = await home.browse();
  const port = await browser.connect(home.host());
  const token = birth(sandbox);
  const everything = () =>
    [
      ...home.guards().flatMap(({ commandLine, environment }) => [commandLine, environment]),
      home.files(),
      port.output(),
    ].join('\n');

  const profile = await armAll(port, sandbox, [token]);
  port.say({ do: 'status' });
  await port.reply('status');
  expect(home.guards()).toHaveLength(1);
  expect(everything()).not.toContain(token);

  await sandbox.pause();
  browser.kill();
  await until('the watcher at work', async () => (await runningWatchers(home.state)).length === 1);
  expect(everything()).not.toContain(token);

  await sandbox.resume();
  await dead(sandbox, [token]);
  await until('the Guard to be gone', () => home.guards().length === 0);
  expect(await home.receipts(profile)).toHaveLength(1);
  expect(everything()).not.toContain(token);
  // Nor where it was used: a private window leaves no trace on the disk.
  expect(home.files()).not.toContain(sandbox.url);
  expect(home.files()).not.toContain('127.0.0.1');
});

it('keeps its files for their owner alone', async () => {
  const home = createHome(program);
  const receipts = openReceipts(home.state, 'a-profile');
  await receipts.write({
    session: 'one',
    outcome: 'logged-off',
    at: 1,
    msAfterEnd: 1,
    attempts: 1,
    ended: 'browser-died',
  });
  const folder = join(home.state, 'receipts', 'a-profile');
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const [receipt = ''] = home.files().split(': ');
  expect(statSync(join(folder, receipt)).mode & 0o777).toBe(0o600);
});
