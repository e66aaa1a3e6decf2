import { useState } from 'preact/hooks';
import type { Guarding } from '../session/guarding.ts';
import type { SessionView } from '../session/view.ts';
import { Button } from '../ui/button.tsx';
import { guardedSites } from '../ui/crash-cover.ts';
import { guardedWords, guardWords, reachAdvice } from '../ui/guard-words.ts';
import { here } from '../ui/here.ts';
import { Said } from '../ui/said.tsx';
import type { Saying } from '../ui/saying.ts';
import { Dash, Mark, Tick } from '../ui/symbols.tsx';

type GuardStateProps = {
  readonly sessions: readonly SessionView[];
  readonly guarding: Guarding;
  /** Shows the browser's own question. Called in the click: browsers show it at no other time. */
  readonly requestGuard: () => Promise<boolean>;
};

/** How things stand with the Guard, site by site, and what the user can do about it. */
export function GuardState({ sessions, guarding, requestGuard }: GuardStateProps) {
  const { say } = here;
  const sites = guardedSites(sessions, guarding);
  return (
    <div class="guard-state">
      <Standing words={guardWords(guarding, say)} />
      {sites.length > 0 && (
        <ul aria-label={say('guardSites')}>
          {sites.map(one => (
            <li key={`${one.site} ${one.guarded}`} data-guarded={one.guarded}>
              <Standing words={guardedWords(one, say)} />
            </li>
          ))}
        </ul>
      )}
      {reachAdvice(sites, say).map(advice => (
        <p key={advice} class="muted hint">
          {advice}
        </p>
      ))}
      {guarding.is === 'not-permitted' && <AllowGuard requestGuard={requestGuard} />}
    </div>
  );
}

function Standing({ words: { tone, happened, advice } }: { readonly words: Saying }) {
  return (
    <div class="standing" data-tone={tone}>
      {tone === 'good' && <Tick />}
      {tone === 'plain' && <Dash />}
      {tone === 'bad' && <Mark />}
      <div>
        <p class="standing-happened">{happened}</p>
        {advice && <p>{advice}</p>}
      </div>
    </div>
  );
}

/** Once it is allowed, the worker hears of it from the browser and connects by itself. */
function AllowGuard({ requestGuard }: Pick<GuardStateProps, 'requestGuard'>) {
  const { say } = here;
  const [refused, setRefused] = useState(false);
  const allow = (): void => {
    requestGuard().then(
      allowed => setRefused(!allowed),
      () => setRefused(true),
    );
  };
  return (
    <div class="buttons">
      <Button does="allow-guard" onPress={allow}>
        {say('allowAgain')}
      </Button>
      <Said saying={refused ? { tone: 'bad', happened: say('guardStillNotAllowed') } : undefined} />
    </div>
  );
}
