import { useId, useState } from 'preact/hooks';
import { maxGraceSeconds } from '../session/settings.ts';
import { here } from '../ui/here.ts';
import { parseGrace } from './grace.ts';
import { Saved } from './saved.tsx';
import { useSaving } from './use-saving.ts';

type GraceFieldProps = {
  readonly seconds: number;
  readonly onChange: (seconds: number) => Promise<void>;
};

/** How long to wait after the last tab. Each number that is on offer is stored at once; anything else is explained. */
export function GraceField({ seconds, onChange }: GraceFieldProps) {
  const { say, times } = here;
  const id = useId();
  const { shown, change, saving } = useSaving(seconds, onChange);
  const [draft, setDraft] = useState<string>();
  const [complaining, setComplaining] = useState(false);
  const text = draft ?? String(seconds);
  const [least, most] = [times.number(0), times.number(maxGraceSeconds)];

  return (
    <div class="grace">
      <label for={id}>{say('grace')}</label>
      <input
        type="number"
        id={id}
        name="graceSeconds"
        min={0}
        max={maxGraceSeconds}
        step={1}
        value={text}
        aria-invalid={complaining}
        aria-describedby={`${id}-hint`}
        onInput={event => {
          const { value } = event.currentTarget;
          const wanted = parseGrace(value);
          setDraft(value);
          if (wanted === undefined) return;
          setComplaining(false);
          if (wanted !== shown) change(wanted);
        }}
        onBlur={() => {
          if (parseGrace(text) === undefined) setComplaining(true);
          else setDraft(undefined);
        }}
      />
      <Saved saving={saving} />
      <p class={complaining ? 'hint complaint' : 'hint muted'} id={`${id}-hint`} role="status">
        {complaining
          ? say('graceInvalid', least, most, times.number(seconds))
          : say('graceHint', least, most)}
      </p>
    </div>
  );
}
