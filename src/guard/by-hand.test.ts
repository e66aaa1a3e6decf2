import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import tls from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { serveFogBugz, useBuiltGuard } from './stage/stage.ts';

const { program } = useBuiltGuard();

async function fogBugz() {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.stop());
  return { sandbox, token: sandbox.birth('127.0.0.1', 'ada@example.com') };
}

/** Runs the command with a token on its standard input. */
async function type(args: readonly string[], input = '', env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [program, ...args], { env: { PATH: process.env.PATH, ...env } });
  const [said, complained, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
    // One that reads nothing may be gone before.
    child.stdin.on('error', () => {}).end(input),
  ]);
  return { said, complained, status };
}

it('logs off the token on its standard input, and checks it', async () => {
  const { sandbox, token } = await fogBugz();
  const alive = await type(['check', sandbox.url], `${token}\n`);
  expect(alive).toEqual({ said: '{"is":"alive"}\n', complained: '', status: 0 });
  const loggedOff = await type(['logoff', sandbox.url], `${token}\n`);
  expect(loggedOff).toEqual({ said: '{"is":"logged-off"}\n', complained: '', status: 0 });
  expect(sandbox.life(token)).toMatchObject({ diedBy: 'json', logOffsAsked: 1 });
  expect(await type(['check', sandbox.url], token)).toMatchObject({ said: '{"is":"dead"}\n', status: 1 });
  expect(await type(['logoff', sandbox.url], token)).toMatchObject({
    said: '{"is":"already-off"}\n',
    status: 0,
  });
});

it('takes no token from an argument, and asks nobody then', async () => {
  const { sandbox, token } = await fogBugz();
  for (const command of ['logoff', 'check']) {
    for (const args of [[sandbox.url, token], []]) {
      const { said, complained, status } = await type([command, ...args]);
      expect([said, status]).toEqual(['', 2]);
      expect(complained).toContain('from the standard input, never from an argument');
      expect(complained).not.toContain(token);
    }
  }
  expect(sandbox.requests()).toEqual([]);
});

it('finds a site out without a token, and says why it cannot', async () => {
  const { sandbox } = await fogBugz();
  const found = await type(['discover', sandbox.url]);
  expect(JSON.parse(found.said)).toMatchObject({ is: 'site', site: { base: sandbox.url, dialect: 'json' } });
  await sandbox.pause();
  expect(await type(['discover', sandbox.url])).toMatchObject({ status: 1 });
  expect(await type(['logoff', sandbox.url], 'no token')).toMatchObject({
    said: '{"is":"not-a-token"}\n',
    status: 1,
  });
});

it('trusts the authorities of the system where its Node can tell them, and else those that it is given', async () => {
  const sandbox = await serveFogBugz({ tls: 'http/1.1' });
  const token = sandbox.birth('127.0.0.1', 'ada@example.com');
  const folder = await mkdtemp(join(tmpdir(), 'authorities-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const authorities = join(folder, 'authorities.pem');
  await writeFile(authorities, sandbox.authority);
  const asked = async (env: Readonly<Record<string, string>>) =>
    (await type(['check', sandbox.url], token, env)).said;
  const distrusted = '{"is":"unreachable","why":"the certificate of the server is not trusted"}\n';
  expect(await asked({})).toBe(distrusted);
  expect(await asked({ NODE_EXTRA_CA_CERTS: authorities })).toBe('{"is":"alive"}\n');
  // Where the system's authorities stand for OpenSSL, and so for Node.
  const canTell = 'getCACertificates' in tls;
  expect(await asked({ SSL_CERT_FILE: authorities })).toBe(canTell ? '{"is":"alive"}\n' : distrusted);
});
