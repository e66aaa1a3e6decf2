import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { returnWithinMs as defaultReturnMs, type GuardReply, longestMessage } from '../guard-messages.ts';
import { findBrowser, runOf } from './browser-process.ts';
import { type Caller, callerOf } from './caller.ts';
import { claim, lastToClaim } from './claim.ts';
import { createConversation } from './conversation.ts';
import { createFrameReader, frame } from './frames.ts';
import { type HandOver, handOver } from './hand-over.ts';
import { logOffAll } from './log-off-all.ts';
import { createProbe } from './probe.ts';
import { openReceipts } from './receipts.ts';
import { recordTo, type Tools, takeCare } from './take-care.ts';
import { watchDying } from './vigil.ts';
import { createWhereabouts } from './whereabouts.ts';

/** How long the host itself looks whether its browser dies, before it hands over and exits. */
const patienceMs = {
  /** It lives some 60 ms longer than the pipe when it ends gracefully, and kills a host 2 s after a disconnection. */
  chromium: 250,
  /** It waits for the host before it ends. */
  firefox: 30,
  /** Somebody ended the host: at the machine's shutdown, the browser too. */
  signal: 2000,
} as const;

export type HostOptions = {
  /** The extensions that may call. */
  readonly extensionIds: readonly string[];
  /** How long an extension may stay away while its browser lives, in ms. */
  readonly returnWithinMs: number;
  readonly caller: Caller | undefined;
};

/** Reads the launcher's arguments: its own options, `--`, and then what the browser gave it. */
export function readHostOptions(args: readonly string[]): HostOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      'extension-id': { type: 'string', multiple: true, default: [] },
      'return-within-ms': { type: 'string', default: String(defaultReturnMs) },
    },
    allowPositionals: true,
  });
  return {
    extensionIds: values['extension-id'],
    returnWithinMs: Number(values['return-within-ms']),
    caller: callerOf(positionals),
  };
}

/** The native-messaging host: speaks with the extension until the pipe closes, and then sees to what was armed. */
export async function runHost(
  { caller, extensionIds, returnWithinMs }: HostOptions,
  tools: Tools,
  self: { readonly program: string; readonly version: string },
): Promise<void> {
  const guard = randomUUID();
  const finding = findBrowser();
  const say = (reply: GuardReply) => void process.stdout.write(frame(reply));
  // The browser may be gone before it has read everything.
  process.stdout.on('error', () => undefined);
  if (!caller || !extensionIds.includes(caller.id)) return say({ is: 'refused', why: 'caller' });
  const read = createFrameReader(longestMessage);

  let before: Promise<string | undefined> = Promise.resolve(undefined);
  const conversation = createConversation({
    version: self.version,
    say,
    probe: createProbe(tools, Date.now),
    met: profile => {
      before = lastToClaim(tools.stateFolder, profile);
    },
    succeed: async profile => claim(tools.stateFolder, profile, { guard, browser: await finding }),
    receiptsOf: profile => openReceipts(tools.stateFolder, profile),
    run: async () => {
      const browser = await finding;
      return browser && runOf(browser);
    },
  });
  const closed = await listen(chunk => {
    for (const one of read(chunk)) conversation.hear(one);
  });

  const closedAt = Date.now();
  if (!conversation.care()?.sessions.length) return conversation.settled();
  const browser = await finding;
  const ended = await watchDying(browser, patienceMs[closed === 'signal' ? 'signal' : caller.family]);
  // Only now: after a signal the extension may still have had something to say.
  const care = conversation.care();
  if (!care) return;
  const { profile, sessions } = care;
  const common = { guard, browser, closedAt, profile };
  if (!ended)
    return leave(
      { ...common, before: await before, state: { is: 'open', returnWithinMs }, sessions },
      tools,
      self,
    );
  const over = { ended, at: ended === 'browser-died' ? closedAt : Date.now() };
  const left = await logOffAll(sessions, {
    logOff: createWhereabouts(tools),
    answered: recordTo(tools, profile, over),
    pause: async () => 'stop',
  });
  if (left.length > 0)
    await leave({ ...common, state: { is: 'over', ...over }, sessions: left }, tools, self);
}

/** Hears the pipe until it closes, or until somebody ends this process, as the system does when it shuts down. */
function listen(hear: (chunk: Buffer) => void): Promise<'pipe' | 'signal'> {
  return new Promise(resolve => {
    process.stdin.on('data', hear);
    for (const event of ['end', 'close', 'error']) process.stdin.on(event, () => resolve('pipe'));
    // Listened to for good: none of them may end this process before it has seen to what was armed.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => resolve('signal'));
  });
}

/** Leaves the rest to a detached watcher; where none can be started, does a watcher's work here. */
async function leave(handed: HandOver, tools: Tools, { program }: { readonly program: string }) {
  if ((await handOver(program, handed)) === 'handed-over') return;
  const hurry = new AbortController();
  process.on('SIGTERM', () => hurry.abort());
  await takeCare(handed, tools, hurry.signal);
}
