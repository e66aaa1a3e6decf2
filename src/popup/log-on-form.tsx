import { useId, useRef, useState } from 'preact/hooks';
import type { Face } from '../browser/face.ts';
import { here } from '../ui/here.ts';
import { Submit } from '../ui/submit.tsx';
import { textOf } from '../ui/text-of.ts';
import { type Answer, loggedOnWords, unreachableWords } from './answers.ts';
import type { Asks } from './asks.ts';
import { chosenSite } from './chosen-site.ts';
import { FormAnswer } from './form-answer.tsx';
import { People } from './people.tsx';
import { SiteField } from './site-field.tsx';

export type FormProps = {
  readonly face: Face;
  readonly asks: Asks;
  /** Something came of it, and perhaps not all: the form can go. */
  readonly onDone: (answer: Answer | undefined) => void;
};

type Standing =
  | { readonly is: 'busy' }
  | { readonly is: 'ambiguous'; readonly people: readonly string[] }
  | { readonly is: 'answered'; readonly answer: Answer };

/**
 * Logs on with e-mail and password. The password is in its field and nowhere else: read as the form is sent, gone from
 * the field with the answer.
 */
export function LogOnForm({ face, asks, onDone }: FormProps) {
  const { say } = here;
  const id = useId();
  const password = useRef<HTMLInputElement>(null);
  const [standing, setStanding] = useState<Standing>();
  const answered = (answer: Answer) => setStanding({ is: 'answered', answer });

  const clearPassword = (): void => {
    if (password.current) password.current.value = '';
  };
  const logOn = async (form: HTMLFormElement): Promise<void> => {
    const chosen = chosenSite({ site: textOf(form, 'site'), address: textOf(form, 'address') }, face);
    if (chosen.is !== 'site') return answered(unreachableWords(chosen, here));
    const site = chosen.base;
    setStanding({ is: 'busy' });
    const answer = await asks.logOn({
      site,
      email: textOf(form, 'person') || textOf(form, 'email').trim(),
      password: textOf(form, 'password'),
      page: textOf(form, 'page') ? 'too' : 'not',
    });
    // The password is still wanted: the same form goes out again, with the name that is chosen.
    if (answer.is === 'ambiguous' && answer.people.length > 0) return setStanding(answer);
    clearPassword();
    if (answer.is === 'logged-on') return onDone(undefined);
    const words = loggedOnWords(answer, site, here);
    if (answer.is === 'page-not') return onDone(words);
    answered(words);
    password.current?.focus();
  };

  return (
    <form
      class="form"
      onSubmit={event => {
        event.preventDefault();
        if (standing?.is === 'busy') return;
        logOn(event.currentTarget).catch(() => {
          clearPassword();
          answered({ tone: 'bad', happened: say('notTakenIn') });
        });
      }}
    >
      <SiteField sites={face.sites} />
      <div class="labelled">
        <label for={`${id}-email`}>{say('email')}</label>
        <input
          class="input"
          id={`${id}-email`}
          name="email"
          type="text"
          autocomplete="username"
          dir="auto"
          autocapitalize="off"
          spellcheck={false}
          required
          onInput={() => standing?.is === 'ambiguous' && setStanding(undefined)}
        />
      </div>
      {standing?.is === 'ambiguous' && <People people={standing.people} />}
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
      <label class="tick">
        <input type="checkbox" name="page" />
        {say('pageToo')}
      </label>
      <div class="buttons">
        <Submit does="log-on" look="main" busy={standing?.is === 'busy'}>
          {say(standing?.is === 'busy' ? 'loggingOn' : 'logOn')}
        </Submit>
      </div>
      <FormAnswer answer={standing?.is === 'answered' ? standing.answer : undefined} asks={asks} />
    </form>
  );
}
