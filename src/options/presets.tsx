import type { SimpleSettings } from '../browser/commands.ts';
import { type PresetName, presetNames, presetOf, presets } from '../session/presets.ts';
import type { Settings } from '../session/settings.ts';
import { here } from '../ui/here.ts';
import type { Say } from '../ui/language.ts';
import { Radios } from './radios.tsx';
import { useSaving } from './use-saving.ts';

type PresetsProps = {
  readonly settings: Settings;
  readonly onChange: (change: Partial<SimpleSettings>) => Promise<void>;
  readonly vendor: 'chromium' | 'firefox';
  /** What an administrator has set. */
  readonly locked: readonly (keyof Settings)[];
};

/** How careful to be, in one choice; each of them sets all the rules. */
export function Presets({ settings, onChange, vendor, locked }: PresetsProps) {
  const { say } = here;
  const { shown, change, saving } = useSaving<PresetName | 'own'>(presetOf(settings) ?? 'own', async name => {
    if (name !== 'own') await onChange(presets[name]);
  });
  const offers = presetNames.map(name => ({ value: name, ...presetWords(name, vendor, say) }));
  // Shown where it is so. It can't be asked for: the single rules below are how one gets there.
  const own = { value: 'own', label: say('presetOwn'), hint: say('presetOwnHint') } as const;

  return (
    <Radios
      name="preset"
      legend={say('presets')}
      offers={shown === 'own' ? [...offers, own] : offers}
      chosen={shown}
      onChoose={change}
      saving={saving}
      locked={Object.keys(presets.standard).some(name => locked.some(one => one === name))}
    />
  );
}

/** What a preset is called and what it does. */
export function presetWords(
  name: PresetName,
  vendor: PresetsProps['vendor'],
  say: Say,
): { label: string; hint: string } {
  switch (name) {
    case 'relaxed':
      return { label: say('presetRelaxed'), hint: say('presetRelaxedHint') };
    case 'standard':
      return { label: say('presetStandard'), hint: say('presetStandardHint') };
    case 'shared':
      return {
        label: say('presetShared'),
        hint: say(vendor === 'firefox' ? 'presetSharedHintFirefox' : 'presetSharedHint'),
      };
    default:
      return name satisfies never;
  }
}
