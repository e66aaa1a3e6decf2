import type { Command } from '../browser/commands.ts';
import { type Rules, rulesFor, type Settings } from '../session/settings.ts';
import type { SessionView } from '../session/view.ts';
import { Button } from '../ui/button.tsx';
import type { CrashCover } from '../ui/crash-cover.ts';
import { alsoWords, canStayOnce, endingWords } from '../ui/ending.ts';
import { here } from '../ui/here.ts';
import { Ring } from '../ui/ring.tsx';
import { siteName } from '../ui/site-name.ts';
import { sameBut, steady } from '../ui/steady.ts';
import { Clock, Dot, Key, Mark, Tick } from '../ui/symbols.tsx';
import { because, personAndSource, personSourceAndSince, sinceWords } from '../ui/wording.ts';
import type { Asks } from './asks.ts';
import { KeyButtons } from './key-buttons.tsx';
import { OwedBody } from './owed-body.tsx';
import { tickOf } from './tick.ts';

export type CardProps = {
  readonly session: SessionView;
  /** Those for its site. */
  readonly rules: Rules;
  /** Whether the Guard has it in its care. */
  readonly crash: CrashCover;
  readonly now: number;
  /** Whether others can be logged off too; then the main button is the one for all of them. */
  readonly among: 'one' | 'several';
  /** Whether what else ends it is said on the card, or once for all of them. */
  readonly also: 'on-card' | 'below';
  readonly act: (command: Command) => void;
  readonly asks: Asks;
};

type SessionCardProps = Omit<CardProps, 'rules'> & { readonly settings: Settings };

/** One session: whose it is, and what it is up to. Drawn again only when that changes. */
export const SessionCard = steady(
  Card,
  (before, after) =>
    sameBut(before, after, 'now') && tickOf(before.session, before.now) === tickOf(after.session, after.now),
);

function Card({ settings, ...card }: SessionCardProps) {
  const { session, now, among } = card;
  const props: CardProps = { ...card, rules: rulesFor(settings, session.site) };
  const { id, site, state } = session;
  return (
    <li class="card" data-state={state.is} data-holds-focus tabIndex={-1} aria-labelledby={`site-${id}`}>
      <div class="card-head">
        <h2 id={`site-${id}`}>
          <bdi>{siteName(site)}</bdi>
        </h2>
        <StateSymbol session={session} />
        <p class="muted">
          {among === 'several'
            ? personSourceAndSince(session, now, here)
            : personAndSource(session, here.say)}
        </p>
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

function OpenBody({
  session,
  rules,
  crash,
  now,
  among,
  also,
  act,
  inUse,
}: CardProps & { readonly inUse: boolean }) {
  const { say } = here;
  const { id, staysOnce, kind } = session;
  const ending = { ...session, inUse };
  const more = also === 'on-card' && alsoWords(ending, rules, now, here);
  return (
    <>
      {among === 'one' && <p class="muted">{sinceWords(session, now, here)}</p>}
      <p class="ending">{endingWords(ending, rules, here)}</p>
      {more && <p class="ending">{more}</p>}
      {session.private && crash === 'not-covered' && <p class="muted">{say('privateCrash')}</p>}
      {kind === 'api-key' ? (
        <KeyButtons session={session} act={act} />
      ) : (
        <div class="buttons">
          <Button
            look={among === 'one' ? 'main' : 'plain'}
            does="log-off"
            onPress={() => act({ do: 'log-off', id })}
          >
            {say('logOff')}
          </Button>
          {(staysOnce || canStayOnce(ending, rules)) && (
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

function CountingDownBody({ session, rules, now, act, state }: CardProps & { readonly state: CountingDown }) {
  const { say, times } = here;
  const { id } = session;
  const leftMs = Math.max(0, state.until - now);
  return (
    <>
      <div class="countdown">
        <Ring
          left={leftMs / (Math.max(1, rules.graceSeconds) * 1000)}
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
