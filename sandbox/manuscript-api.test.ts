import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from './sandbox.ts';

/**
 * The npm package `manuscript-api` began at the vendor; nobody of this project wrote it. It is installed as published
 * into a folder of its own, outside the lockfile, and runs in a Node of its own that trusts the sandbox's authority.
 */
const run = promisify(execFile);
let folder: string;
let sandbox: Sandbox;

const script = `
const connect = require('manuscript-api');
const [site, token] = process.argv.slice(2);
const client = connect(site, token);
const caught = promise => promise.then(data => ({ data }), thrown => thrown);
(async () => {
  const before = await client.isValid();
  const person = await caught(client.viewPerson());
  const fresh = await caught(client.new({ sTitle: 'New Case Through API' }));
  const unknown = await caught(client.nosuchcommand());
  const loggedOff = await caught(client.logoff());
  const after = await client.isValid();
  const late = await caught(client.viewPerson());
  console.log(JSON.stringify({ before, person, fresh, unknown, loggedOff, after, late }));
})();
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'manuscript-api-'));
  sandbox = await startSandbox({ tls: 'http/1.1' });
  await writeFile(join(folder, 'authority.pem'), sandbox.authority);
  await writeFile(join(folder, 'client.cjs'), script);
  const install = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder];
  await run('npm', [...install, 'manuscript-api@0.1.0'], {
    cwd: folder,
    shell: process.platform === 'win32',
  });
}, 180_000);
afterAll(async () => {
  await sandbox?.stop();
  await rm(folder, { recursive: true, force: true });
});

it('works unchanged, from a valid token to a dead one', { timeout: 30_000 }, async () => {
  const token = sandbox.birth('localhost', 'ada@example.com');
  const { stdout } = await run(process.execPath, ['client.cjs', sandbox.siteUrl('localhost'), token], {
    cwd: folder,
    env: { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem'), NODE_NO_WARNINGS: '1' },
  });
  expect(JSON.parse(stdout)).toMatchObject({
    before: true,
    person: { data: { person: { sFullName: 'Ada Lovelace' } } },
    fresh: { data: { case: { operations: ['edit', 'assign', 'resolve', 'email'] } } },
    unknown: { errors: [{ message: 'Error 27: No such API command', code: '27' }] },
    loggedOff: { data: {} },
    after: false,
    late: { errors: [{ message: 'Error 3: Not logged in', code: '3' }] },
  });
  expect(sandbox.life(token)).toMatchObject({ diedBy: 'json', logOffsAsked: 1, checksAsked: 2 });
});
