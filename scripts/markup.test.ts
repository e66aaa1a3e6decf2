import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { markupFromText } from './markup.ts';

// No git is asked: this folder is no repository, as an unpacked source package is none.
it('finds markup that is made from text, however deep, and throws where there is nothing to read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'markup-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(() => markupFromText(folder)).toThrow('nothing in');
  expect(() => markupFromText(join(folder, 'gone'))).toThrow('ENOENT');
  mkdirSync(join(folder, 'ui'));
  writeFileSync(join(folder, 'fine.ts'), 'element.textContent = name;\n');
  expect(markupFromText(folder)).toEqual([]);
  writeFileSync(join(folder, 'ui/slip.tsx'), 'const a = 1;\n  element.innerHTML = name;\n');
  writeFileSync(join(folder, 'ui/other.tsx'), '<p dangerouslySetInnerHTML={{ __html: name }} />');
  expect([...markupFromText(folder)].sort()).toEqual([
    `${join('ui', 'other.tsx')}:1: <p dangerouslySetInnerHTML={{ __html: name }} />`,
    `${join('ui', 'slip.tsx')}:2: element.innerHTML = name;`,
  ]);
});
