import * as v from 'valibot';
import type { Site } from '../fogbugz/site.ts';
import {
  fitOf,
  type GuardReply,
  type GuardRequest,
  mostSessions,
  type Probe,
  protocolVersion,
  requestSchema,
} from '../guard-messages.ts';
import { Token } from '../token.ts';
import type { Guarded } from './care.ts';
import type { Frame } from './frames.ts';
import type { Receipts } from './receipts.ts';

export type Partners = {
  readonly version: string;
  readonly say: (reply: GuardReply) => void;
  readonly probe: (site: Site) => Promise<Probe>;
  /** The extension has said whose it is. */
  readonly met: (profile: string) => void;
  /** Tells the Guard before this one that the extension has come back, and everything it has is here now. */
  readonly succeed: (profile: string) => Promise<void>;
  readonly receiptsOf: (profile: string) => Receipts;
  /** Names the browser's process; see `runOf`. */
  readonly run: () => Promise<string | undefined>;
};

export type Conversation = {
  readonly hear: (frame: Frame) => void;
  /** What is in care now, and whose it is; `undefined` before a hello that fits. */
  readonly care: () => { readonly profile: string; readonly sessions: readonly Guarded[] } | undefined;
  /** Resolves when what was asked for until now is on the disk: the extension may close the pipe right after asking. */
  readonly settled: () => Promise<void>;
};

type Arm = Extract<GuardRequest, { do: 'arm' }>;

/** The extension's side of the pipe: hears requests, keeps what is armed in memory, and answers. */
export function createConversation({
  version,
  say,
  probe,
  met,
  succeed,
  receiptsOf,
  run,
}: Partners): Conversation {
  const armed = new Map<string, Guarded>();
  let profile: string | undefined;
  let fits = false;
  /** Announced by the hello, and not heard of yet. `undefined` once this Guard has taken over. */
  let awaited: Set<string> | undefined;
  let onDisk = Promise.resolve();
  /** What can't be written is no reason to end: a receipt is acknowledged once more, a claim is made good by the next. */
  const write = (work: Promise<void>): void => {
    onDisk = Promise.all([onDisk, work.catch(() => undefined)]).then(() => undefined);
  };

  const succeedIfComplete = () => {
    if (profile === undefined || awaited === undefined || awaited.size > 0) return;
    awaited = undefined;
    write(succeed(profile));
  };

  const heardOf = (session: string) => {
    awaited?.delete(session);
    succeedIfComplete();
  };

  const arm = ({ session, site, token: text, private: fleeting = false }: Arm) => {
    const token = Token.parse(text);
    if (!token) return say({ is: 'refused', why: 'unknown' });
    if (armed.size >= mostSessions && !armed.has(session)) return say({ is: 'refused', why: 'full' });
    armed.set(session, { session, site, token, private: fleeting, attempts: 0 });
    heardOf(session);
    probe(site).then(found => say({ is: 'armed', session, probe: found }));
  };

  const greet = (hello: Extract<GuardRequest, { do: 'hello' }>) => {
    const fit = fitOf(hello.protocol);
    fits = fit === 'fits';
    profile = hello.profile;
    met(profile);
    say({ is: 'hello', protocol: protocolVersion, version, fit });
    // An extension that this Guard can't serve is back all the same: what it left is its own again.
    awaited = new Set(fits ? hello.sessions.filter(session => !armed.has(session)) : []);
    succeedIfComplete();
  };

  const serve = (request: GuardRequest) => {
    if (request.do === 'hello') return greet(request);
    if (request.do === 'which-browser') return void run().then(named => say({ is: 'browser', run: named }));
    if (profile === undefined) return say({ is: 'refused', why: 'hello-first' });
    if (!fits) return say({ is: 'refused', why: 'outdated' });
    switch (request.do) {
      case 'arm':
        return arm(request);
      case 'disarm':
        armed.delete(request.session);
        return heardOf(request.session);
      case 'receipts':
        receiptsOf(profile)
          .read()
          .then(receipts => say({ is: 'receipts', receipts: [...receipts] }));
        return;
      case 'acknowledge':
        return write(receiptsOf(profile).acknowledge(request.sessions));
      case 'status':
        return say({ is: 'status', armed: [...armed.keys()] });
      default:
        return request satisfies never;
    }
  };

  return {
    hear(frame) {
      if (frame.is !== 'message') return say({ is: 'refused', why: frame.is });
      const request = v.safeParse(requestSchema, frame.message);
      if (request.success) serve(request.output);
      else say({ is: 'refused', why: 'unknown' });
    },
    care: () => (profile === undefined ? undefined : { profile, sessions: [...armed.values()] }),
    settled: () => onDisk,
  };
}
