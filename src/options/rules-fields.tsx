import {
  maxGraceSeconds,
  maxIdleMinutes,
  maxMaxHours,
  type Rules,
  type Settings,
} from '../session/settings.ts';
import { here } from '../ui/here.ts';
import { Choice } from './choice.tsx';
import { NumberField } from './number-field.tsx';
import { TimeField } from './time-field.tsx';

type RulesFieldsProps = {
  readonly rules: Rules;
  /** Set by an administrator. */
  readonly locked: readonly (keyof Settings)[];
  readonly onChange: (change: Partial<Rules>) => Promise<void>;
  readonly vendor: 'chromium' | 'firefox';
};

/** What a trigger begins with when it is switched on. */
const offered = { idleMinutes: 15, maxHours: 8, dailyAt: '18:00' } as const;

/** When sessions end by themselves, everywhere or at one site. */
export function RulesFields({ rules, locked, onChange, vendor }: RulesFieldsProps) {
  const { say, times } = here;
  const range = (least: number, most: number) => [times.number(least), times.number(most)] as const;

  return (
    <>
      <Choice
        name="lastTab"
        locked={locked.includes('lastTab')}
        label={say('lastTab')}
        checked={rules.lastTab}
        onChange={lastTab => onChange({ lastTab })}
      />
      {rules.lastTab && (
        <NumberField
          name="graceSeconds"
          locked={locked.includes('graceSeconds')}
          label={say('grace')}
          hint={say('graceHint', ...range(0, maxGraceSeconds))}
          value={rules.graceSeconds}
          least={0}
          most={maxGraceSeconds}
          onChange={graceSeconds => onChange({ graceSeconds })}
        />
      )}
      <Choice
        name="browserClose"
        locked={locked.includes('browserClose')}
        label={say('browserClose')}
        hint={say(rules.browserClose ? 'browserCloseHint' : 'browserCloseOff')}
        checked={rules.browserClose}
        onChange={browserClose => onChange({ browserClose })}
      />
      <Choice
        name="idle"
        locked={locked.includes('idleMinutes')}
        label={say('idle')}
        checked={rules.idleMinutes > 0}
        onChange={on => onChange({ idleMinutes: on ? offered.idleMinutes : 0 })}
      />
      {rules.idleMinutes > 0 && (
        <NumberField
          name="idleMinutes"
          locked={locked.includes('idleMinutes')}
          label={say('idleMinutes')}
          hint={say('idleHint', ...range(1, maxIdleMinutes))}
          value={rules.idleMinutes}
          least={1}
          most={maxIdleMinutes}
          onChange={idleMinutes => onChange({ idleMinutes })}
        />
      )}
      {vendor === 'firefox' ? (
        <Choice
          name="lock"
          label={say('lock')}
          hint={say('lockNotInFirefox')}
          checked={false}
          disabled
          onChange={lock => onChange({ lock })}
        />
      ) : (
        <Choice
          name="lock"
          locked={locked.includes('lock')}
          label={say('lock')}
          checked={rules.lock}
          onChange={lock => onChange({ lock })}
        />
      )}
      <Choice
        name="maxAge"
        locked={locked.includes('maxHours')}
        label={say('maxAge')}
        checked={rules.maxHours > 0}
        onChange={on => onChange({ maxHours: on ? offered.maxHours : 0 })}
      />
      {rules.maxHours > 0 && (
        <NumberField
          name="maxHours"
          locked={locked.includes('maxHours')}
          label={say('maxHours')}
          hint={say('maxHoursHint', ...range(1, maxMaxHours))}
          value={rules.maxHours}
          least={1}
          most={maxMaxHours}
          onChange={maxHours => onChange({ maxHours })}
        />
      )}
      <Choice
        name="daily"
        locked={locked.includes('dailyAt')}
        label={say('daily')}
        checked={rules.dailyAt !== ''}
        onChange={on => onChange({ dailyAt: on ? offered.dailyAt : '' })}
      />
      {rules.dailyAt !== '' && (
        <TimeField
          name="dailyAt"
          locked={locked.includes('dailyAt')}
          label={say('dailyAt')}
          hint={say('dailyHint')}
          value={rules.dailyAt}
          onChange={dailyAt => onChange({ dailyAt })}
        />
      )}
    </>
  );
}
