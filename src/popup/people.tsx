import { useEffect, useRef } from 'preact/hooks';
import { here } from '../ui/here.ts';

/** Which of several people with one e-mail address is logging on. */
export function People({ people }: { readonly people: readonly string[] }) {
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  return (
    <fieldset class="radios">
      <legend>{here.say('whichPerson')}</legend>
      {people.map((name, index) => (
        <label key={name} class="tick">
          <input
            type="radio"
            name="person"
            value={name}
            defaultChecked={index === 0}
            ref={index === 0 ? first : null}
          />
          <span>
            <bdi>{name}</bdi>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
