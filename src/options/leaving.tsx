import { useState } from 'preact/hooks';
import type { SessionView } from '../session/view.ts';
import { Button } from '../ui/button.tsx';
import { here } from '../ui/here.ts';
import { Said } from '../ui/said.tsx';
import type { Saying } from '../ui/saying.ts';
import { leavingWords } from './leaving-words.ts';
import { Section } from './section.tsx';

type LeavingProps = {
  readonly sessions: readonly SessionView[];
  readonly onLogOff: () => Promise<void>;
};

/** For somebody who is about to remove the extension: afterwards, it can't help any more. */
export function Leaving({ sessions, onLogOff }: LeavingProps) {
  const { say } = here;
  const [asked, setAsked] = useState<'under-way' | 'done' | 'failed'>();
  const logOff = (): void => {
    setAsked('under-way');
    onLogOff().then(
      () => setAsked('done'),
      () => setAsked('failed'),
    );
  };

  return (
    <Section title={say('leavingTitle')}>
      <p>{say('leaving')}</p>
      <Button does="log-off-everywhere" onPress={logOff}>
        {say('logOffEverywhere')}
      </Button>
      <Said saying={saying()} />
    </Section>
  );

  function saying(): Saying | undefined {
    switch (asked) {
      case undefined:
        return undefined;
      case 'under-way':
        return { tone: 'plain', happened: say('loggingOff') };
      case 'done':
        return leavingWords(sessions, here);
      case 'failed':
        return { tone: 'bad', happened: say('notTakenIn') };
      default:
        return asked satisfies never;
    }
  }
}
