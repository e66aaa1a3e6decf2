import { useState } from 'preact/hooks';
import { here } from '../ui/here.ts';
import { Said } from '../ui/said.tsx';
import { useUniqueId } from '../ui/use-unique-id.ts';
import { Locked } from './locked.tsx';
import { Saved } from './saved.tsx';
import { useSaving } from './use-saving.ts';

type GuardSwitchProps = {
  readonly on: boolean;
  /** Set by an administrator. */
  readonly locked?: boolean;
  /** Shows the browser's own question. Called in the click: browsers show it at no other time. */
  readonly requestGuard: () => Promise<boolean>;
  readonly onChange: (on: boolean) => Promise<void>;
};

/** The one setting that the browser has a say in: what the user does not allow there stays off. */
export function GuardSwitch({ on, locked = false, requestGuard, onChange }: GuardSwitchProps) {
  const { say } = here;
  const id = useUniqueId();
  const { shown, change, saving } = useSaving(on, onChange);
  const [asked, setAsked] = useState<'asking' | 'declined'>();
  const turnOn = (): void => {
    const declined = () => setAsked('declined');
    requestGuard().then(allowed => {
      if (!allowed) return declined();
      setAsked(undefined);
      change(true);
    }, declined);
    setAsked('asking');
  };
  const turnOff = (): void => {
    setAsked(undefined);
    change(false);
  };

  return (
    <div class="choice">
      <input
        type="checkbox"
        id={id}
        name="guard"
        data-does="guard-on"
        checked={asked === 'asking' || shown}
        disabled={locked}
        aria-describedby={locked ? `${id}-hint ${id}-locked` : `${id}-hint`}
        onClick={event => {
          if (asked === 'asking') event.preventDefault();
          else if (event.currentTarget.checked) turnOn();
          else turnOff();
        }}
      />
      <label for={id}>{say('guardOn')}</label>
      <Saved saving={saving} />
      <div class="hint">
        <p class="muted" id={`${id}-hint`}>
          {say('guardOnHint')}
        </p>
        {locked && <Locked id={`${id}-locked`} />}
        <Said
          saying={
            asked === 'declined'
              ? { tone: 'bad', happened: say('guardDeclined'), advice: say('guardDeclinedAdvice') }
              : undefined
          }
        />
      </div>
    </div>
  );
}
