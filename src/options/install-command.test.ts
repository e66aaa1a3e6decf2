import { expect, test } from 'vitest';
import { chromiumIds, geckoIds, packageName } from '../guard-messages.ts';
import { installCommand } from './install-command.ts';

const fromAStore = 'abcdefghijklmnopabcdefghijklmnop';

test.each([...chromiumIds, ...geckoIds])('the Guard knows %s by itself', id => {
  expect(installCommand(id, 'file')).toBe('node guard.mjs install');
});

test('it is told of an extension that has its id from a store', () => {
  expect(installCommand(fromAStore, 'file')).toBe(`node guard.mjs install --extension-id ${fromAStore}`);
});

test('once it is published, npm brings it', () => {
  expect(installCommand(geckoIds[0] ?? '', 'npm')).toBe(`npx ${packageName} install`);
});

test('nobody is told to run a package that is not there: its name is still anybody’s to take', () => {
  expect(installCommand(fromAStore)).not.toContain('npx');
});
