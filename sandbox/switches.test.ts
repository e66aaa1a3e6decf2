import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  defaultSwitches,
  open,
  switches,
  switchNames,
  valuesOf,
  variations,
  withSwitch,
} from './switches.ts';

/** The questions that docs/wire.md names. */
const named = [
  ...readFileSync(new URL('../docs/wire.md', import.meta.url), 'utf8').matchAll(
    /^- \*\*([\w-]+)\*\* \((?:inferred|unknown)\)/gm,
  ),
].map(([, name]) => name);

describe('what nobody could look up', () => {
  it('is all named here', () => {
    expect([...open]).toEqual(named);
  });

  it('has a switch each, and no switch stands for a question that is not there', () => {
    const stood = new Set(switchNames.map(name => switches[name].question).filter(one => one !== 'none'));
    expect([...stood].sort()).toEqual([...open].sort());
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
