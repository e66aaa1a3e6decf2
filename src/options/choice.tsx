import { useUniqueId } from '../ui/use-unique-id.ts';
import { Locked } from './locked.tsx';
import { Saved } from './saved.tsx';
import { useSaving } from './use-saving.ts';

type ChoiceProps = {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  /** For what this browser lacks; the hint says so. */
  readonly disabled?: boolean;
  /** Set by an administrator. */
  readonly locked?: boolean;
  readonly onChange: (checked: boolean) => Promise<void>;
  /** The setting it changes: a hook for tests. */
  readonly name: string;
};

/** A setting that is on or off, stored as it is changed. */
export function Choice({
  label,
  hint,
  checked,
  disabled = false,
  locked = false,
  onChange,
  name,
}: ChoiceProps) {
  const id = useUniqueId();
  const { shown, change, saving } = useSaving(checked, onChange);

  return (
    <div class="choice">
      <input
        type="checkbox"
        id={id}
        name={name}
        checked={shown}
        disabled={disabled || locked}
        aria-describedby={
          [hint && `${id}-hint`, locked && `${id}-locked`].filter(Boolean).join(' ') || undefined
        }
        onChange={event => change(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      <Saved saving={saving} />
      {hint && (
        <p class="muted hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {locked && <Locked id={`${id}-locked`} />}
    </div>
  );
}
