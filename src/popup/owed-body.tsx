import { isHopeless } from '../session/hopeless.ts';
import type { SessionView } from '../session/view.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { here } from '../ui/here.ts';
import { obstacleWords } from '../ui/obstacle-words.ts';
import type { CardProps } from './session-card.tsx';

type Owed = Extract<SessionView['state'], { is: 'owed' }>;

/** A log-off that has not been answered: what stands in its way, what happens next, what the user can do. */
export function OwedBody({ session, now, act, asks, state }: CardProps & { readonly state: Owed }) {
  const { say, times } = here;
  const { id, site } = session;
  const { since, nextTryAt, obstacle, attempts } = state;
  if (!obstacle && nextTryAt === undefined) return <p class="headline">{say('loggingOff')}</p>;

  const words = obstacle && obstacleWords(obstacle, site, here);
  return (
    <>
      <p class="headline">{say('owedSince', times.clock(since, now))}</p>
      {words && <p>{words.happened}</p>}
      {words && <p class="muted">{words.advice}</p>}
      <p class="next-try">
        {nextTryAt === undefined ? say('tryingNow') : say('tryingAgain', times.ahead(nextTryAt, now))}
      </p>
      <div class="buttons">
        {nextTryAt !== undefined && (
          <Button look="main" does="try-now" onPress={() => act({ do: 'try-now', id })}>
            {say('tryNow')}
          </Button>
        )}
        {obstacle?.is === 'not-permitted' && (
          <Button does="allow-again" onPress={() => asks.allow(site)}>
            {say('allowAgain')}
          </Button>
        )}
        {obstacle?.is === 'page-still-on' && (
          <Button does="open-site" onPress={() => asks.openSite(site)}>
            {say('openThePage')}
          </Button>
        )}
        {isHopeless({ ...state, attempts: nextTryAt === undefined ? attempts - 1 : attempts }, now) && (
          <Confirm
            label={say('forgetThis')}
            question={say('forgetAsk')}
            meaning={say('forgetMeans')}
            yes={say('forgetYes')}
            no={say('forgetNo')}
            does="forget"
            onYes={() => act({ do: 'forget', id })}
          />
        )}
      </div>
    </>
  );
}
