import { describe, expect, expectTypeOf, it } from 'vitest';
import { type Trigger, triggers } from './session.ts';

describe('the list of triggers', () => {
  it('holds what the union holds', () => {
    expectTypeOf<(typeof triggers)[number]>().toEqualTypeOf<Trigger>();
    // Spelled out, so that nobody adds or drops one without meaning to: history lines of former versions name them.
    const all: Record<Trigger, true> = {
      click: true,
      shortcut: true,
      'last-tab': true,
      'private-closed': true,
      'browser-close': true,
      startup: true,
      idle: true,
      lock: true,
      'max-age': true,
      daily: true,
      replaced: true,
      'cookie-gone': true,
      'site-removed': true,
      guard: true,
    };
    expect([...triggers].sort()).toEqual(Object.keys(all).sort());
  });

  it('holds each of them once', () => {
    expect(new Set(triggers).size).toBe(triggers.length);
  });

  it('leaves no room for a trigger of another name', () => {
    expectTypeOf<'whim'>().not.toExtend<Trigger>();
    expectTypeOf<string>().not.toExtend<Trigger>();
  });
});
