import { useCallback, useMemo, useState } from 'preact/hooks';
import type { Command } from '../browser/commands.ts';
import type { Face, Trouble } from '../browser/face.ts';
import { feasible } from '../session/settings.ts';
import type { SessionView } from '../session/view.ts';
import { crashCover } from '../ui/crash-cover.ts';
import { alsoForAll } from '../ui/ending.ts';
import { guardTrouble } from '../ui/guard-words.ts';
import { here } from '../ui/here.ts';
import { Notice } from '../ui/notice.tsx';
import { Door, Gear } from '../ui/symbols.tsx';
import { TroubleNotice } from '../ui/trouble-notice.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { useNow } from '../ui/use-now.ts';
import { rulesInForce } from '../ui/wording.ts';
import { Announcer } from './announcer.tsx';
import type { Answer } from './answers.ts';
import type { Asks } from './asks.ts';
import { Foot } from './foot.tsx';
import { FormAnswer } from './form-answer.tsx';
import { GuardNotice } from './guard-notice.tsx';
import { NewSession } from './new-session.tsx';
import { Sessions } from './sessions.tsx';
import { tickMsOf } from './tick.ts';

type PopupPageProps = Omit<Asks, 'allow'> & {
  readonly face: Face;
  readonly send: (command: Command) => Promise<void>;
  readonly requestAccess: (site: string) => Promise<boolean>;
  readonly vendor: 'chromium' | 'firefox';
};

export function PopupPage(props: PopupPageProps) {
  const { face, send, requestAccess, vendor } = props;
  const { say } = here;
  const [lost, setLost] = useState(false);
  // Counted, so that a form that is done is a new one, folded and empty.
  const [done, setDone] = useState<{ readonly times: number; readonly answer?: Answer | undefined }>({
    times: 0,
  });
  const now = useNow(tickMsOf(face.sessions));
  const root = useKeptFocus();
  const settings = useMemo(() => feasible(face.settings, vendor), [face.settings, vendor]);
  const sessions = face.sessions.toSorted((a, b) => a.since - b.since);
  const rules = rulesInForce(sessions, settings);
  const also = alsoForAll(rules, here);
  const trouble = guardTrouble(sessions, face.guarding, here);
  // What is handed to the cards stays the same, so that one that has not changed is not drawn again.
  const attempt = useCallback((sent: Promise<unknown>): void => {
    setLost(false);
    sent.catch(() => setLost(true));
  }, []);
  const act = useCallback((command: Command): void => attempt(send(command)), [send]);
  const { logOn, takeToken, openSite, openOptions } = props;
  const asks = useMemo(
    (): Asks => ({
      logOn,
      takeToken,
      openSite,
      openOptions,
      allow: site => attempt(requestAccess(site)),
    }),
    [logOn, takeToken, openSite, openOptions, requestAccess],
  );

  return (
    <main class="popup" ref={root} tabIndex={-1}>
      <header class="head">
        <Door />
        <h1>{say('extensionShortName')}</h1>
        <button
          type="button"
          class="icon-button"
          data-does="open-options"
          aria-label={say('openOptions')}
          title={say('openOptions')}
          onClick={asks.openOptions}
        >
          <Gear />
        </button>
      </header>
      {lost && <Notice title={say('notTakenIn')} />}
      {face.trouble.filter(unsaid(sessions)).map(trouble => (
        <TroubleNotice
          key={`${trouble.is} ${trouble.is === 'no-permission' && trouble.site}`}
          trouble={trouble}
          allow={asks.allow}
        />
      ))}
      <Sessions
        sessions={sessions}
        settings={settings}
        guarding={face.guarding}
        now={now}
        also={also ? 'below' : 'on-card'}
        act={act}
        asks={asks}
      />
      <FormAnswer answer={done.answer} asks={asks} />
      <NewSession
        key={done.times}
        face={face}
        asks={asks}
        onDone={answer => setDone(({ times }) => ({ times: times + 1, answer }))}
      />
      {trouble && <GuardNotice trouble={trouble} openOptions={asks.openOptions} />}
      <Foot
        rules={rules}
        also={also}
        crash={crashCover(sessions, settings, face.guarding)}
        guard={settings.guard ? 'on' : 'off'}
        privateWindows={face.privateWindows}
        setBy={Object.keys(face.managed).length > 0 ? 'administrator' : 'user'}
        last={face.history[0]}
        openOptions={asks.openOptions}
      />
      <Announcer sessions={face.sessions} history={face.history} now={now} />
    </main>
  );
}

/**
 * A card that tells of the missing permission itself needs no notice above it; and what has become of the history is told
 * where it is cleared.
 */
function unsaid(sessions: readonly SessionView[]) {
  return (trouble: Trouble): boolean =>
    trouble.is !== 'history-aside' &&
    (trouble.is !== 'no-permission' ||
      !sessions.some(
        ({ site, state }) =>
          site === trouble.site && state.is === 'owed' && state.obstacle?.is === 'not-permitted',
      ));
}
