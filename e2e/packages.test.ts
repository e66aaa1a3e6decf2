/** What `npm run package` has made, as it will be published: the same bytes anywhere, and each of it works. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../sandbox/sandbox.ts';
import { readDocs } from '../scripts/docs.ts';
import { packages, packagesFolder, root, sums } from '../scripts/package/names.ts';
import { toRun } from '../scripts/typed.ts';
import { filesIn, unzip, zip } from '../scripts/zip.ts';
import { packageName } from '../src/guard-messages.ts';
import { inBrowser } from './playbill.ts';
import type { Stage } from './stage.ts';
import { noGrace } from './stories/last-tab.ts';

const run = promisify(execFile);
const folders: string[] = [];

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'e2e-package-'));
  folders.push(made);
  return made;
}

async function unpack(name: string): Promise<string> {
  const to = await folder();
  for (const [path, body] of Object.entries(await unzip(await readFile(join(packagesFolder, name))))) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await writeFile(join(to, path), body);
  }
  return to;
}

const checksums = (packagesOf: string) => readFile(join(packagesOf, sums), 'utf8');

afterAll(() => Promise.all(folders.map(made => rm(made, { recursive: true, force: true }))));

describe('the packages', () => {
  it('are made again, byte for byte, from the source package in another folder, and the documented commands work there', {
    timeout: 900_000,
  }, async () => {
    const sources = await unpack(packages.source);
    await symlink(join(root, 'node_modules'), join(sources, 'node_modules'));
    await run('npm', ['run', '--silent', 'package'], { cwd: sources });
    expect(await checksums(join(sources, 'dist/packages'))).toBe(await checksums(packagesFolder));

    // In the same copy, because they build: the commands of the documentation, as they stand there.
    const home = await folder();
    for (const found of ['.config/chromium', '.mozilla']) await mkdir(join(home, found), { recursive: true });
    const typed = toRun(readDocs(sources));
    expect(typed).not.toEqual([]);
    for (const commands of typed)
      await run('bash', ['-e', '-c', commands], { cwd: sources, env: { ...process.env, HOME: home } });
  });

  it('carry no key of ours to a store', async () => {
    const chrome = await unpack(packages.chrome);
    expect(JSON.parse(await readFile(join(chrome, 'manifest.json'), 'utf8'))).not.toHaveProperty('key');
  });
});

describe("the Guard's package", () => {
  let project: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    project = await folder();
    const home = await folder();
    env = { PATH: process.env.PATH, HOME: home, npm_config_cache: join(project, '.npm') };
    await writeFile(join(project, 'package.json'), '{"type":"module"}');
    const tarball = join(packagesFolder, packages.guard);
    await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: project, env });
    await rm(join(home, '.npm'), { recursive: true, force: true });
  });

  it('installs into an empty folder without a network, and leaves nothing after its uninstall', async () => {
    const guard = (...args: readonly string[]) =>
      run(join(project, 'node_modules/.bin/logoff-guard'), args, { cwd: project, env });
    const home = String(env.HOME);
    await guard('install', '--browser', 'chromium', '--browser', 'firefox');
    expect((await guard('status')).stdout).toContain(`Guard: ${home}`);
    expect((await guard('test')).stdout).toContain('The Guard answers.');
    await guard('uninstall');
    expect(await filesIn(home)).toEqual({});
    await expect(guard('status')).rejects.toMatchObject({ stdout: expect.stringContaining('not installed') });
  });

  it.each([
    ['json', 'yes'],
    ['xml', 'no'],
  ] as const)(
    'logs off with its example and with its command, where the API is %s',
    async (dialect, jsonApi) => {
      const sandbox = await startSandbox({ switches: { jsonApi } });
      try {
        const [first, second] = ['ada', 'grace'].map(name =>
          sandbox.birth('127.0.0.1', `${name}@example.com`),
        );
        const shell = (line: string, input = '') =>
          run('sh', ['-c', `printf %s "$TOKEN" | ${line}`], { cwd: project, env: { ...env, TOKEN: input } });
        const example = `node_modules/${packageName}/examples/logoff.mjs`;
        expect((await shell(`node ${example} ${sandbox.url}`, first)).stdout).toBe(
          `${sandbox.url} speaks ${dialect}\nbefore: alive\nlogoff: logged-off\nafter: dead\n`,
        );
        const command = await shell(`node_modules/.bin/logoff-on-close logoff ${sandbox.url}`, second);
        expect(command.stdout).toBe('{"is":"logged-off"}\n');
        for (const token of [first, second]) {
          expect(sandbox.life(String(token))).toMatchObject({ diedBy: dialect });
        }
      } finally {
        await sandbox.stop();
      }
    },
  );

  it('has types that say what comes out', async () => {
    const use = `import { check, type LogOffOutcome, logoff, type NotAsked } from '${packageName}';
      const outcome: LogOffOutcome | NotAsked = await logoff('https://acme.fogbugz.com/', 'a token', { timeLimitMs: 1 });
      if (outcome.is === 'refused') console.log(outcome.code.toFixed(), outcome.message);
      // @ts-expect-error: a token is text
      await check('https://acme.fogbugz.com/', 1);
      // @ts-expect-error: there is no such outcome
      if (outcome.is === 'gone') console.log();`;
    await writeFile(join(project, 'use.ts'), use);
    const tsc = join(root, 'node_modules/.bin/tsc');
    const flags = ['--ignoreConfig', '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022'];
    await run(tsc, [...flags, 'use.ts'], { cwd: project });
  });
});

describe('the extension as packed', async () => {
  const chrome = await unpack(packages.chrome);
  const firefox = await unpack(packages.firefox);

  it('is installed in Firefox as the very file', async () => {
    // What the driver packs of the folder and puts into the profile.
    expect(Buffer.from(await zip(await filesIn(firefox)))).toEqual(
      await readFile(join(packagesFolder, packages.firefox)),
    );
  });

  for (const [name, extension] of [
    ['chromium', chrome],
    ['firefox', firefox],
  ] as const) {
    inBrowser(name, play => {
      play('logs off with the last tab', logsOff, { extension });
    });
  }
});

async function logsOff(stage: Stage): Promise<void> {
  await noGrace(stage);
  const { tab, token } = await stage.logOn('acme');
  await tab.close();
  await stage.dead(token);
  await stage.settled();
  expect(await stage.history()).toMatchObject([{ trigger: 'last-tab', confirmed: true }]);
}
