import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { protocolVersion } from '../../guard-messages.ts';
import { frame } from '../frames.ts';
import { tryHost } from './try-host.ts';

const hello = { is: 'hello', protocol: protocolVersion, version: '1.0' };

/** Tries a program that answers this as soon as it starts. */
function tried(answer: object): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'host-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const script = join(folder, 'host.mjs');
  const bytes = frame(answer).toString('base64');
  writeFileSync(
    script,
    `process.stdin.resume(); process.stdin.on('end', () => process.exit());
     process.stdout.write(Buffer.from('${bytes}', 'base64'));`,
  );
  return tryHost(process.execPath, [script], '1.0');
}

it('is content with a hello that fits', async () => {
  expect(await tried({ ...hello, fit: 'fits' })).toBeUndefined();
});

it.each([
  [{ dances: true }, 'it answered something that is not understood'],
  [{ ...hello, fit: 'guard-outdated' }, 'guard-outdated'],
  [{ is: 'refused', why: 'caller' }, 'caller'],
])('complains of %j', async (answer, words) => {
  expect(await tried(answer)).toContain(words);
});
