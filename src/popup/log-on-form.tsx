import type { Face } from '../browser/face.ts';
import { here } from '../ui/here.ts';
import { Submit } from '../ui/submit.tsx';
import { textOf } from '../ui/text-of.ts';
import { type Answer, loggedOnWords } from './answers.ts';
import type { Asks } from './asks.ts';
import { Credentials } from './credentials.tsx';
import { FormAnswer } from './form-answer.tsx';
import { SiteField } from './site-field.tsx';
import { useLogOn } from './use-log-on.ts';

export type FormProps = {
  readonly face: Face;
  readonly asks: Asks;
  /** Something came of it, and perhaps not all: the form can go. */
  readonly onDone: (answer: Answer | undefined) => void;
};

/** Logs on with e-mail and password. */
export function LogOnForm({ face, asks, onDone }: FormProps) {
  const { say } = here;
  const { isBusy, answer, credentials, submit } = useLogOn(
    face,
    (details, form) => asks.logOn({ ...details, page: textOf(form, 'page') ? 'too' : 'not' }),
    (outcome, site) => {
      const words = outcome.is === 'logged-on' ? undefined : loggedOnWords(outcome, site, here);
      if (outcome.is !== 'logged-on' && outcome.is !== 'page-not') return words;
      onDone(words);
      return undefined;
    },
  );

  return (
    <form
      class="form"
      onSubmit={event => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
    >
      <SiteField sites={face.sites} />
      <Credentials {...credentials} />
      <label class="tick">
        <input type="checkbox" name="page" />
        {say('pageToo')}
      </label>
      <div class="buttons">
        <Submit does="log-on" look="main" busy={isBusy}>
          {say(isBusy ? 'loggingOn' : 'logOn')}
        </Submit>
      </div>
      <FormAnswer answer={answer} asks={asks} />
    </form>
  );
}
