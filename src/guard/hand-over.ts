import { spawn } from 'node:child_process';
import { accessSync } from 'node:fs';
import { parse } from 'node:path';
import * as v from 'valibot';
import { guardedSiteSchema, profileSchema, receiptSchema, sessionIdSchema } from '../guard-messages.ts';
import { Token } from '../token.ts';
import type { Guarded } from './care.ts';
import { browserSchema } from './claim.ts';

/** Why sessions are logged off by the Guard; see `receiptSchema`. */
export type Ended = v.InferOutput<typeof receiptSchema>['ended'];

const handOverSchema = v.object({
  /** The random id of the Guard that had the pipe. */
  guard: v.string(),
  /** That of the Guard whose claim it found; see `isSucceeded`. */
  before: v.optional(v.string()),
  profile: profileSchema,
  browser: browserSchema,
  /** When the pipe closed, ms since the epoch. */
  closedAt: v.number(),
  /** `over`: log off. `open`: wait for the extension to come back, or for the browser's end, so many ms. */
  state: v.variant('is', [
    v.object({ is: v.literal('over'), ended: receiptSchema.entries.ended, at: v.number() }),
    v.object({ is: v.literal('open'), returnWithinMs: v.number() }),
  ]),
  sessions: v.array(
    v.object({
      session: sessionIdSchema,
      site: guardedSiteSchema,
      token: v.string(),
      private: v.boolean(),
      attempts: v.number(),
    }),
  ),
});

/** What one Guard leaves to the next process: everything that is needed to end it without an extension. */
export type HandOver = Omit<v.InferOutput<typeof handOverSchema>, 'sessions'> & {
  readonly sessions: readonly Guarded[];
};

/**
 * Starts a process that outlives the browser, in a session and process group of its own, and gives it everything
 * through its standard input: the one way that neither `ps` nor another user's program can read.
 */
export function handOver(program: string, handed: HandOver): Promise<'handed-over' | 'failed'> {
  return new Promise(resolve => {
    try {
      accessSync(program); // uninstalled meanwhile: Node would start and find nothing to run
      const watcher = spawn(process.execPath, [program, 'watch'], {
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
        cwd: parse(process.execPath).root,
        windowsHide: true,
      });
      const failed = () => resolve('failed');
      watcher.once('error', failed);
      watcher.stdin.once('error', failed);
      watcher.stdin.end(write(handed), () => resolve(watcher.pid === undefined ? 'failed' : 'handed-over'));
    } catch {
      resolve('failed');
    }
  });
}

/** `undefined` for anything that no Guard has written. */
export function readHandOver(text: string): HandOver | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), handOverSchema), text);
  if (!parsed.success) return undefined;
  const sessions = parsed.output.sessions.flatMap(({ token: text, ...rest }) => {
    const token = Token.parse(text);
    return token ? [{ ...rest, token }] : [];
  });
  return { ...parsed.output, sessions };
}

function write(handed: HandOver): string {
  const sessions = handed.sessions.map(guarded => ({ ...guarded, token: guarded.token.reveal() }));
  return JSON.stringify({ ...handed, sessions });
}
