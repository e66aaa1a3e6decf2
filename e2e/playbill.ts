/** Runs one story in one browser: a stage of its own for each test, and what the browser said where it fails. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Certificate, makeCertificate } from '../sandbox/certificate.ts';
import type { BrowserName } from './browser.ts';
import { type Display, startDisplay } from './display.ts';
import type { Leak } from './secrets.ts';
import { type Stage, type StageOptions, setStage } from './stage.ts';

type Story = (stage: Stage) => Promise<void>;

/** Declares a test: `play('logs off …', story)`, with a sandbox and a browser of its own. */
export type Play = (sentence: string, story: Story, options?: Partial<PlayOptions>) => void;

type PlayOptions = StageOptions & {
  /** What a story has planted on purpose, for the scanner to find. None, for any other. */
  readonly judgeLeaks: (leaks: readonly Leak[]) => void;
};

/** All stories of a file in one browser, on one display. */
export function inBrowser(
  name: BrowserName,
  ...stories: readonly ((play: Play, name: BrowserName) => void)[]
): void {
  describe(name, () => {
    let display: Display;
    let certificate: Certificate;

    beforeAll(async () => {
      [display, certificate] = await Promise.all([startDisplay(), makeCertificate()]);
    });
    afterAll(() => display.stop());

    const play: Play = (sentence, story, options) => {
      it(sentence, async () => {
        const { hosts = [], judgeLeaks = nothingLeaked } = options ?? {};
        let leaks: readonly Leak[] = [];
        const stage = await setStage(name, {
          display: display.name,
          certificate: hosts.length > 0 ? await makeCertificate(hosts) : certificate,
          ...options,
        });
        try {
          await story(stage);
        } catch (error) {
          throw new Error(`${error instanceof Error ? error.message : String(error)}\n${scene(stage)}`, {
            cause: error,
          });
        } finally {
          leaks = await stage.strike();
        }
        judgeLeaks(leaks);
      });
    };
    for (const story of stories) story(play, name);
  });
}

/** No secret where none may stand: after each story, wherever it went. */
function nothingLeaked(leaks: readonly Leak[]): void {
  expect(leaks, 'tokens and passwords where none may stand').toEqual([]);
}

/** What can be told about a stage where a story failed: the tokens' lives, the requests, the worker's console. */
function scene({ sandbox, browser }: Stage): string {
  const short = (token: string | undefined) => token?.slice(0, 5) ?? '';
  const start = sandbox.requests()[0]?.at ?? 0;
  return [
    'Tokens:',
    ...sandbox
      .tokens()
      .map(life => `  ${short(life.token)} ${life.host} ${life.email} died by ${life.diedBy ?? '-'}`),
    'Requests:',
    ...sandbox
      .requests()
      .slice(-40)
      .map(
        one =>
          `  ${one.at - start} ms ${one.method} ${one.host}${one.path} ${one.command ?? ''} ${short(one.token)} ${one.outcome}`,
      ),
    'Console:',
    ...browser.console().map(line => `  ${line}`),
  ].join('\n');
}
