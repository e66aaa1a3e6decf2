import { useRef, useState } from 'preact/hooks';
import { here } from '../ui/here.ts';
import { Submit } from '../ui/submit.tsx';
import { textOf } from '../ui/text-of.ts';
import { useUniqueId } from '../ui/use-unique-id.ts';
import { type Answer, tokenWords, unreachableWords } from './answers.ts';
import { chosenIn } from './chosen-site.ts';
import { FormAnswer } from './form-answer.tsx';
import type { FormProps } from './log-on-form.tsx';
import { SiteField } from './site-field.tsx';

/** Takes over a token that the user has from elsewhere. It is in its field and nowhere else. */
export function TokenForm({ face, asks, onDone }: FormProps) {
  const { say } = here;
  const id = useUniqueId();
  const token = useRef<HTMLInputElement>(null);
  const [standing, setStanding] = useState<Answer | 'busy'>();

  const take = async (form: HTMLFormElement): Promise<void> => {
    const chosen = chosenIn(form, face);
    if (chosen.is !== 'site') return setStanding(unreachableWords(chosen, here));
    const site = chosen.base;
    setStanding('busy');
    const answer = await asks.takeToken({
      site,
      token: textOf(form, 'token').trim(),
      kind: textOf(form, 'kind') === 'api-key' ? 'api-key' : 'session',
    });
    const held = answer.is === 'taken' || answer.is === 'known';
    if (held && token.current) token.current.value = '';
    if (answer.is === 'taken') return onDone(undefined);
    setStanding(tokenWords(answer, site, here));
    token.current?.focus();
  };

  return (
    <form
      class="form"
      onSubmit={event => {
        event.preventDefault();
        if (standing === 'busy') return;
        take(event.currentTarget).catch(() => setStanding({ tone: 'bad', happened: say('notTakenIn') }));
      }}
    >
      <SiteField sites={face.sites} />
      <div class="labelled">
        <label for={`${id}-token`}>{say('token')}</label>
        <input
          class="input"
          id={`${id}-token`}
          name="token"
          type="password"
          autocomplete="off"
          spellcheck={false}
          required
          ref={token}
        />
      </div>
      <fieldset class="radios">
        <legend>{say('tokenKind')}</legend>
        <label class="tick">
          <input type="radio" name="kind" value="session" defaultChecked />
          {say('tokenSession')}
        </label>
        <label class="tick">
          <input type="radio" name="kind" value="api-key" />
          {say('tokenApiKey')}
        </label>
      </fieldset>
      <div class="buttons">
        <Submit does="take-token" look="main" busy={standing === 'busy'}>
          {say(standing === 'busy' ? 'checkingToken' : 'takeToken')}
        </Submit>
      </div>
      <FormAnswer answer={standing === 'busy' ? undefined : standing} asks={asks} />
    </form>
  );
}
