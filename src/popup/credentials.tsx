import type { RefObject } from 'preact';
import { here } from '../ui/here.ts';
import { useUniqueId } from '../ui/use-unique-id.ts';
import { People } from './people.tsx';

type CredentialsProps = {
  /** Who share the e-mail address; none: it is one person's, as far as anybody knows. */
  readonly people: readonly string[];
  readonly onEmail: () => void;
  readonly password: RefObject<HTMLInputElement | null>;
};

/** What it takes to log on. */
export function Credentials({ people, onEmail, password }: CredentialsProps) {
  const { say } = here;
  const id = useUniqueId();
  return (
    <>
      <div class="labelled">
        <label for={`${id}-email`}>{say('email')}</label>
        <input
          class="input"
          id={`${id}-email`}
          name="email"
          type="text"
          dir="auto"
          autocomplete="username"
          autocapitalize="off"
          spellcheck={false}
          required
          onInput={onEmail}
        />
      </div>
      {people.length > 0 && <People people={people} />}
      <div class="labelled">
        <label for={`${id}-password`}>{say('password')}</label>
        <input
          class="input"
          id={`${id}-password`}
          name="password"
          type="password"
          autocomplete="current-password"
          required
          ref={password}
        />
      </div>
    </>
  );
}
