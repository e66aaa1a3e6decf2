import { useUniqueId } from '../ui/use-unique-id.ts';
import { Locked } from './locked.tsx';
import { Saved } from './saved.tsx';
import type { Saving } from './use-saving.ts';

type RadiosProps<Value extends string> = {
  readonly legend: string;
  readonly offers: readonly Offer<Value>[];
  /** None, where what is set is none of the offers. */
  readonly chosen: Value | undefined;
  readonly onChoose: (value: Value) => void;
  readonly saving: Saving;
  /** Set by an administrator. */
  readonly locked?: boolean;
  /** The setting it changes: a hook for tests. */
  readonly name: string;
};

type Offer<Value> = { readonly value: Value; readonly label: string; readonly hint?: string | undefined };

/** A setting that is one of a few. */
export function Radios<Value extends string>(props: RadiosProps<Value>) {
  const { legend, offers, chosen, onChoose, saving, name, locked = false } = props;
  const id = useUniqueId();

  return (
    <fieldset class="radios" disabled={locked} aria-describedby={locked ? `${id}-locked` : undefined}>
      <legend>
        {legend} <Saved saving={saving} />
      </legend>
      {offers.map(({ value, label, hint }) => (
        <div class="choice" key={value}>
          <input
            type="radio"
            id={`${id}-${value}`}
            name={name}
            value={value}
            checked={chosen === value}
            aria-describedby={hint && `${id}-${value}-hint`}
            onChange={() => onChoose(value)}
          />
          <label for={`${id}-${value}`}>{label}</label>
          {hint && (
            <p class="muted hint" id={`${id}-${value}-hint`}>
              {hint}
            </p>
          )}
        </div>
      ))}
      {locked && <Locked id={`${id}-locked`} />}
    </fieldset>
  );
}
