import { useRef, useState } from 'preact/hooks';
import type { SiteAdded } from '../browser/commands.ts';
import type { SiteView } from '../browser/face.ts';
import { addressInput } from '../ui/address-input.ts';
import { here } from '../ui/here.ts';
import { Question } from '../ui/question.tsx';
import { Said } from '../ui/said.tsx';
import { siteName } from '../ui/site-name.ts';
import { Submit } from '../ui/submit.tsx';
import { textOf } from '../ui/text-of.ts';
import { useUniqueId } from '../ui/use-unique-id.ts';
import { type Adding, addingWords, judge, movedTo } from './adding.ts';

export type AddSiteProps = {
  readonly sites: readonly SiteView[];
  readonly requestAccess: (base: string) => Promise<boolean>;
  readonly addSite: (address: string) => Promise<SiteAdded>;
};

/** Adds a server of the user's own: judged, permitted, tried. */
export function AddSite({ sites, requestAccess, addSite }: AddSiteProps) {
  const { say } = here;
  const id = useUniqueId();
  const field = useRef<HTMLInputElement>(null);
  const [adding, setAdding] = useState<Adding>();
  const busy = adding?.is === 'asking';
  const moved = movedTo(adding);

  const add = (base: string): void => {
    // Before anything is waited for: browsers ask their user only in the click itself.
    const allowed = requestAccess(base);
    setAdding({ is: 'asking', base });
    field.current?.focus();
    finish(base, allowed).then(setAdding, () => setAdding({ is: 'lost' }));
  };
  const finish = async (base: string, allowed: Promise<boolean>): Promise<Adding> => {
    if (!(await allowed)) return { is: 'not-allowed', base };
    const answer = await addSite(base);
    if (answer.is === 'added' && field.current) field.current.value = '';
    return { is: 'answered', base, answer };
  };
  const consider = (address: string): void => {
    const judgement = judge(address, sites);
    if (judgement.is === 'addable') add(judgement.base);
    else setAdding(judgement);
  };
  const leave = (): void => {
    setAdding(undefined);
    field.current?.focus();
  };

  return (
    <form
      class="form add-site"
      onSubmit={event => {
        event.preventDefault();
        if (!busy) consider(textOf(event.currentTarget, 'address'));
      }}
    >
      <label for={id}>{say('addAddress')}</label>
      <div class="buttons">
        <input
          {...addressInput}
          id={id}
          placeholder="https://fogbugz.example.com/"
          aria-describedby={`${id}-hint`}
          aria-invalid={adding?.is === 'bad-address'}
          ref={field}
        />
        <Submit does="add-site" busy={busy}>
          {say('addSite')}
        </Submit>
      </div>
      <p class="muted hint" id={`${id}-hint`}>
        {say('addAddressHint')}
      </p>
      <Said saying={adding && addingWords(adding, here)} />
      {adding?.is === 'insecure' && (
        <Question
          question={say('addInsecure', siteName(adding.base))}
          meaning={say('addInsecureMeans')}
          yes={say('addAnyway')}
          no={say('cancel')}
          look="grave"
          does="add-anyway"
          onYes={() => add(adding.base)}
          onNo={leave}
        />
      )}
      {adding?.is === 'answered' && moved !== undefined && (
        <Question
          question={say('movedTo', siteName(adding.base), siteName(moved))}
          meaning={say('movedToMeans')}
          yes={say('addInstead', siteName(moved))}
          no={say('cancel')}
          look="main"
          does="add-moved"
          onYes={() => consider(moved)}
          onNo={leave}
        />
      )}
    </form>
  );
}
