import * as v from 'valibot';
import { until } from '../../../e2e/until.ts';
import { type GuardReply, type GuardRequest, longestMessage, replySchema } from '../../guard-messages.ts';
import { createFrameReader, frame } from '../frames.ts';

/** What a browser tells of one of its hosts. */
export const portEvent = v.variant('is', [
  v.object({ is: v.literal('reply'), port: v.number(), bytes: v.string() }),
  v.object({ is: v.literal('error'), port: v.number(), text: v.string() }),
  v.object({ is: v.literal('sentinel-closed'), port: v.number() }),
  v.object({
    is: v.literal('host-exit'),
    port: v.number(),
    status: v.nullable(v.number()),
    signal: v.nullable(v.string()),
  }),
]);
type PortEvent = v.InferOutput<typeof portEvent>;

type Reply<Is extends GuardReply['is']> = Extract<GuardReply, { is: Is }>;

/** The extension's end of the pipe to one host. */
export type Port = {
  /** The host's process id. */
  readonly host: number;
  readonly say: (request: GuardRequest) => void;
  readonly write: (bytes: Uint8Array) => void;
  readonly disconnect: () => void;
  /** Everything that the Guard has answered, in order. */
  readonly replies: readonly GuardReply[];
  /** Waits for an answer of a kind, and one that fits. */
  readonly reply: <Is extends GuardReply['is']>(
    is: Is,
    fits?: (reply: Reply<Is>) => boolean,
  ) => Promise<Reply<Is>>;
  /** Everything that the host wrote, on either output. */
  readonly output: () => string;
  readonly hostExit: () => Promise<{ readonly status: number | null; readonly signal: string | null }>;
  /** Whether the browser believes the host to be gone, by Firefox's way of telling. */
  readonly isSeenGone: () => boolean;
};

type Wish = { readonly do: 'write'; readonly bytes: string } | { readonly do: 'disconnect' };

export function createPort(
  host: number,
  tell: (wish: Wish) => void,
): { readonly port: Port; readonly hear: (told: PortEvent) => void } {
  const replies: GuardReply[] = [];
  const read = createFrameReader(longestMessage);
  let output = '';
  let exit: Extract<PortEvent, { is: 'host-exit' }> | undefined;
  let isSeenGone = false;
  const write = (bytes: Uint8Array) => tell({ do: 'write', bytes: Buffer.from(bytes).toString('base64') });

  const hear = (told: PortEvent) => {
    switch (told.is) {
      case 'reply': {
        const bytes = Buffer.from(told.bytes, 'base64');
        output += bytes.toString('latin1');
        const messages = read(bytes).map(one => (one.is === 'message' ? one.message : one));
        replies.push(...messages.map(message => v.parse(replySchema, message)));
        return;
      }
      case 'error':
        output += told.text;
        return;
      case 'sentinel-closed':
        isSeenGone = true;
        return;
      case 'host-exit':
        exit = told;
        return;
      default:
        return told satisfies never;
    }
  };

  const port: Port = {
    host,
    say: request => write(frame(request)),
    write,
    disconnect: () => tell({ do: 'disconnect' }),
    replies,
    reply: <Is extends GuardReply['is']>(is: Is, fits: (reply: Reply<Is>) => boolean = () => true) => {
      const isIt = (reply: GuardReply): reply is Reply<Is> => reply.is === is;
      return until<Reply<Is> | undefined>(`the reply ${is}`, () => replies.filter(isIt).find(fits));
    },
    output: () => output,
    hostExit: () => until('the host to exit', () => exit),
    isSeenGone: () => isSeenGone,
  };
  return { port, hear };
}
