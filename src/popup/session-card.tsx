import type { Command } from '../browser/commands.ts';
import type { Settings } from '../session/settings.ts';
import type { SessionView } from '../session/view.ts';
import { Button } from '../ui/button.tsx';
import { endingWords, lastTabCounts } from '../ui/ending.ts';
import { here } from '../ui/here.ts';
import { Ring } from '../ui/ring.tsx';
import { siteName } from '../ui/site-name.ts';
import { Clock, Dot, Key, Mark, Tick } from '../ui/symbols.tsx';
import { because, personAndSource, sinceWords } from '../ui/wording.ts';
import { OwedBody } from './owed-body.tsx';

export type CardProps = {
  readonly session: SessionView;
  readonly settings: Settings;
  readonly now: number;
  /** Whether others can be logged off too; then the main button is the one for all of them. */
  readonly among: 'one' | 'several';
  readonly act: (command: Command) => void;
};

/** One session: whose it is, and what it is up to. */
export function SessionCard(props: CardProps) {
  const { id, site, state } = props.session;
  return (
    <li class="card" data-state={state.is} data-holds-focus tabIndex={-1} aria-labelledby={`site-${id}`}>
      <div class="card-head">
        <h2 id={`site-${id}`}>
          <bdi>{siteName(site)}</bdi>
        </h2>
        <StateSymbol session={props.session} />
        <p class="muted">{personAndSource(props.session, here.say)}</p>
      </div>
      <Body {...props} />
    </li>
  );
}

function StateSymbol({ session: { state, kind } }: Pick<CardProps, 'session'>) {
  switch (state.is) {
    case 'open':
      return kind === 'api-key' ? <Key /> : <Dot />;
    case 'counting-down':
      return <Clock />;
    case 'owed':
      return state.obstacle ? <Mark /> : <Clock />;
    case 'answered':
      return <Tick />;
    default:
      return state satisfies never;
  }
}

function Body(props: CardProps) {
  const { state } = props.session;
  switch (state.is) {
    case 'open':
      return <OpenBody {...props} inUse={state.inUse} />;
    case 'counting-down':
      return <CountingDownBody {...props} state={state} />;
    case 'owed':
      return <OwedBody {...props} state={state} />;
    case 'answered':
      return <p class="headline">{here.say('answered')}</p>;
    default:
      return state satisfies never;
  }
}

function OpenBody({ session, settings, now, among, act, inUse }: CardProps & { readonly inUse: boolean }) {
  const { say } = here;
  const { id, staysOnce, kind } = session;
  const ending = { ...session, inUse };
  return (
    <>
      <p class="muted">{sinceWords(session, now, here)}</p>
      <p class="ending">{endingWords(ending, settings, here)}</p>
      {session.private && <p class="muted">{say('privateCrash')}</p>}
      {kind === 'session' && (
        <div class="buttons">
          <Button
            look={among === 'one' ? 'main' : 'plain'}
            does="log-off"
            onPress={() => act({ do: 'log-off', id })}
          >
            {say('logOff')}
          </Button>
          {(staysOnce || lastTabCounts(ending, settings)) && (
            <Button
              look="quiet"
              does="stay-once"
              pressed={staysOnce}
              onPress={() => act({ do: 'stay-once', id, on: !staysOnce })}
            >
              {say('stayOnce')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

type CountingDown = Extract<SessionView['state'], { is: 'counting-down' }>;

function CountingDownBody({
  session,
  settings,
  now,
  act,
  state,
}: CardProps & { readonly state: CountingDown }) {
  const { say, times } = here;
  const { id } = session;
  const leftMs = Math.max(0, state.until - now);
  return (
    <>
      <div class="countdown">
        <Ring
          left={leftMs / (Math.max(1, settings.graceSeconds) * 1000)}
          label={times.number(Math.ceil(leftMs / 1000))}
        />
        <div>
          <p class="headline">{say('loggingOffWhen', times.ahead(state.until, now))}</p>
          <p class="muted begins-large">{because(state.trigger, say)}</p>
        </div>
      </div>
      <div class="buttons">
        <Button look="main" does="keep-on" onPress={() => act({ do: 'keep-on', id })}>
          {say('keepOn')}
        </Button>
        <Button does="log-off" onPress={() => act({ do: 'log-off', id })}>
          {say('logOffNow')}
        </Button>
      </div>
    </>
  );
}
