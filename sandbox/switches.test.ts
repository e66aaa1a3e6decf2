import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  defaultSwitches,
  marks,
  switches,
  switchNames,
  valuesOf,
  variations,
  withSwitch,
} from './switches.ts';

/** The description that the marks were copied from. It lies beside the repository, and is not always there. */
const description = fileURLToPath(new URL('../../shared/fogbugz-api.md', import.meta.url));
const marksCounted = 8;

describe('the marks of the wire description', () => {
  it('are all copied here', () => {
    expect(Object.keys(marks)).toHaveLength(marksCounted);
  });

  it('have a switch each, and no switch stands for a mark that is not there', () => {
    const stood = new Set(switchNames.map(name => switches[name].mark).filter(mark => mark !== 'none'));
    expect([...stood].sort()).toEqual(Object.keys(marks).sort());
  });

  it('are those of the description, where that lies beside this repository', () => {
    if (!existsSync(description)) return; // then the number counted above is all there is to hold them against
    const lines = readFileSync(description, 'utf8')
      .split('\n')
      .filter(
        line => !line.startsWith('Marks:') && !line.startsWith('Marks ') && !/No live FogBugz/.test(line),
      );
    const found = lines.flatMap(line =>
      [...line.matchAll(/\[(?!CDATA)[^[\]]*(?:\bI\b|\?)[^[\]]*\]/g)].map(match => ({
        mark: match[0],
        before: line.slice(0, match.index).trim(),
      })),
    );
    expect(found).toHaveLength(marksCounted);
    for (const { mark, quote } of Object.values(marks)) {
      const matching = found.filter(({ mark: other, before }) => other === mark && before.endsWith(quote));
      expect(matching, `${quote} ${mark}`).toHaveLength(1);
    }
  });
});

describe('switches', () => {
  it('stand at the first of their values unless told otherwise', () => {
    for (const name of switchNames) expect(defaultSwitches()[name]).toBe(valuesOf(name)[0]);
  });

  it('have distinct values', () => {
    for (const name of switchNames) expect(new Set(valuesOf(name)).size).toBe(valuesOf(name).length);
  });

  it('can each be set to each of their values', () => {
    for (const { name, value } of variations()) {
      expect(withSwitch(defaultSwitches(), name, value)[name]).toBe(value);
    }
  });

  it('say which there are when one is not known', () => {
    expect(() => withSwitch(defaultSwitches(), 'nonsense', 'yes')).toThrow(
      /No switch "nonsense".*cookieBeatsBody/,
    );
    expect(() => withSwitch(defaultSwitches(), 'cookieBeatsBody', 'maybe')).toThrow(/Values: no, yes/);
  });
});
