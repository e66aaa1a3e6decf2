import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { until } from '../../../e2e/until.ts';
import { type GuardReply, type GuardRequest, longestMessage, replySchema } from '../../guard-messages.ts';
import { createFrameReader, frame } from '../frames.ts';

const script = fileURLToPath(new URL('browser.mjs', import.meta.url));

const event = v.variant('is', [
  v.object({ is: v.literal('started'), pid: v.number(), host: v.number() }),
  v.object({ is: v.literal('reply'), bytes: v.string() }),
  v.object({ is: v.literal('error'), text: v.string() }),
  v.object({ is: v.literal('sentinel-closed') }),
  v.object({ is: v.literal('host-exit'), status: v.nullable(v.number()), signal: v.nullable(v.string()) }),
]);

/** A browser, seen from the extension inside it and from the hand that kills it. */
export type FakeBrowser = {
  readonly pid: number;
  readonly host: number;
  readonly say: (request: GuardRequest) => void;
  readonly write: (bytes: Uint8Array) => void;
  /** Everything that the Guard has answered, in order. */
  readonly replies: readonly GuardReply[];
  /** Everything that it wrote, on either output. */
  readonly output: () => string;
  readonly reply: <Is extends GuardReply['is']>(
    is: Is,
    fits?: (reply: Extract<GuardReply, { is: Is }>) => boolean,
  ) => Promise<Extract<GuardReply, { is: Is }>>;
  readonly end: (how: 'pipe' | 'gracefully' | 'after-host') => void;
  readonly kill: () => void;
  readonly hostExit: () => Promise<{ readonly status: number | null; readonly signal: string | null }>;
  /** Whether the browser believes the host to be gone, as Firefox does. */
  readonly sentinelClosed: () => boolean;
  readonly stop: () => void;
};

/**
 * @param unreaped its own parent never asks what became of it, so that dead it stays a zombie.
 */
export async function startFakeBrowser(
  host: readonly string[],
  env: NodeJS.ProcessEnv,
  unreaped: 'reaped' | 'unreaped' = 'reaped',
): Promise<FakeBrowser> {
  const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
  const child: ChildProcess =
    unreaped === 'reaped'
      ? spawn(process.execPath, [script, ...host], { env, stdio: [...stdio] })
      : spawn('sh', ['-c', '"$0" "$@" & exec sleep 600', process.execPath, script, ...host], {
          env,
          stdio: [...stdio],
        });
  const replies: GuardReply[] = [];
  let output = '';
  let about: { readonly pid: number; readonly host: number } | undefined;
  let exit: { readonly status: number | null; readonly signal: string | null } | undefined;
  let sentinelClosed = false;
  const read = createFrameReader(longestMessage);

  child.on('message', (message: unknown) => {
    const told = v.parse(event, message);
    switch (told.is) {
      case 'started':
        about = told;
        return;
      case 'reply': {
        const bytes = Buffer.from(told.bytes, 'base64');
        output += bytes.toString('latin1');
        for (const one of read(bytes)) {
          replies.push(v.parse(replySchema, one.is === 'message' ? one.message : undefined));
        }
        return;
      }
      case 'error':
        output += told.text;
        return;
      case 'sentinel-closed':
        sentinelClosed = true;
        return;
      case 'host-exit':
        exit = told;
        return;
      default:
        return told satisfies never;
    }
  });
  child.on('error', () => undefined);
  const { pid, host: hostPid } = await until('the browser to start', () => about);
  const write = (bytes: Uint8Array) => {
    child.send({ write: Buffer.from(bytes).toString('base64') });
  };

  return {
    pid,
    host: hostPid,
    say: request => write(frame(request)),
    write,
    replies,
    output: () => output,
    reply: (is, fits = () => true) =>
      until(`the reply ${is}`, () =>
        replies.find((reply): reply is Extract<GuardReply, { is: typeof is }> => {
          const isThis = (one: GuardReply): one is Extract<GuardReply, { is: typeof is }> => one.is === is;
          return isThis(reply) && fits(reply);
        }),
      ),
    end: how => void child.send({ end: how }),
    kill: () => void process.kill(pid, 'SIGKILL'),
    hostExit: () => until('the host to exit', () => exit),
    sentinelClosed: () => sentinelClosed,
    stop: () => void child.kill('SIGKILL'),
  };
}
