import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { root } from './package/names.ts';
import { withOnly } from './polyfill.ts';

const polyfill = readFileSync(
  join(root, 'node_modules/webextension-polyfill/dist/browser-polyfill.js'),
  'utf8',
);
const lean = withOnly(polyfill, new Set(['tabs', 'query', 'runtime', 'sendMessage']));

/** Runs it in a browser whose methods call back, as Chromium's once did. */
async function run(code: string, ask: string): Promise<unknown> {
  const context = {
    chrome: {
      runtime: {
        id: 'ours',
        sendMessage: (_: unknown, answer: (text: string) => void) => answer('answered'),
      },
      tabs: {
        query: (_: object, answer: (tabs: readonly string[]) => void) => answer(['a tab']),
        get: (_: number, answer?: (tab: string) => void) => (answer ? answer('a tab') : 'not wrapped'),
      },
      unknown: { method: () => 'handed on' },
    },
    setTimeout,
  };
  return runInNewContext(`const module = { exports: {} }, exports = {}; ${code}; ${ask}`, context);
}

describe('the polyfill of a build', () => {
  it('wraps the methods that are named', async () => {
    expect(await run(lean, 'module.exports.tabs.query({})')).toEqual(['a tab']);
    expect(await run(lean, 'module.exports.runtime.sendMessage(1)')).toBe('answered');
  });

  it('leaves the others as they are, as it does with those that it has never heard of', async () => {
    expect(await run(polyfill, 'module.exports.tabs.get(1)')).toBe('a tab');
    expect(await run(lean, 'module.exports.tabs.get(1)')).toBe('not wrapped');
    expect(await run(lean, 'module.exports.unknown.method()')).toBe('handed on');
  });

  it('is refused where its list is not found', () => {
    expect(() => withOnly('another release', new Set())).toThrow('no list');
  });
});
