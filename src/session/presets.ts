import { type Rules, ruleNames, type Settings } from './settings.ts';

export const presetNames = ['relaxed', 'standard', 'shared'] as const;
export type PresetName = (typeof presetNames)[number];

/** All that a preset decides: every rule, and whether there is a history. */
export type Preset = Rules & Pick<Settings, 'keepHistory'>;

const relaxed: Preset = {
  lastTab: false,
  graceSeconds: 10,
  browserClose: true,
  idleMinutes: 0,
  lock: false,
  maxHours: 0,
  dailyAt: '',
  keepHistory: true,
};

export const presets: Readonly<Record<PresetName, Preset>> = {
  /** When the browser closes. */
  relaxed,
  /** Also with the last FogBugz tab, after ten seconds. */
  standard: { ...relaxed, lastTab: true },
  /** Where the next person sits down at once, and should find nothing. */
  shared: {
    ...relaxed,
    lastTab: true,
    graceSeconds: 0,
    idleMinutes: 15,
    lock: true,
    keepHistory: false,
  },
};

/** Which preset the settings are; none of them is the user's own choice. */
export function presetOf(settings: Preset): PresetName | undefined {
  return presetNames.find(name => isPreset(settings, presets[name]));
}

function isPreset(settings: Preset, preset: Preset): boolean {
  return decided.every(
    // Seconds that nothing waits for make no difference.
    key => settings[key] === preset[key] || (key === 'graceSeconds' && !preset.lastTab),
  );
}

const decided = [...ruleNames, 'keepHistory'] as const satisfies readonly (keyof Preset)[];
