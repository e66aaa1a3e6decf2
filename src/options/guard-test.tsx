import { useEffect, useState } from 'preact/hooks';
import type { Guarding } from '../session/guarding.ts';
import type { SessionView } from '../session/view.ts';
import { Button } from '../ui/button.tsx';
import { here } from '../ui/here.ts';
import { Said } from '../ui/said.tsx';
import type { Saying } from '../ui/saying.ts';
import { testWords } from './test-words.ts';

/** How long to wait for more before a state is the result, in ms: the news of the test come through the storage. */
const calmMs = 700;

type GuardTestProps = {
  readonly sessions: readonly SessionView[];
  readonly guarding: Guarding;
  readonly onTest: () => Promise<void>;
};

/** Has the worker look for the Guard anew, and says what came of it. */
export function GuardTest({ sessions, guarding, onTest }: GuardTestProps) {
  const { say } = here;
  const [run, setRun] = useState<'sent' | 'taken-in'>();
  // It holds as long as the state that it is about.
  const [result, setResult] = useState<{ readonly about: string; readonly saying: Saying }>();
  const state = JSON.stringify(guarding);
  const end = (saying: Saying): void => {
    setRun(undefined);
    setResult({ about: state, saying });
  };

  useEffect(() => {
    const saying = testWords(sessions, guarding, here);
    if (run !== 'taken-in' || saying === undefined) return;
    const timer = setTimeout(() => end(saying), calmMs);
    return () => clearTimeout(timer);
  }, [run, state]);

  const test = (): void => {
    if (run) return;
    setRun('sent');
    setResult(undefined);
    onTest().then(
      () => setRun('taken-in'),
      () => end({ tone: 'bad', happened: say('notTakenIn') }),
    );
  };
  const said = result?.about === state ? result.saying : undefined;

  return (
    <div class="buttons">
      <Button does="test-guard" onPress={test}>
        {say('guardTest')}
      </Button>
      <Said saying={run ? { tone: 'plain', happened: say('guardTesting') } : said} />
    </div>
  );
}
