import type { Failure } from '../fogbugz/outcome.ts';
import { readReply } from '../fogbugz/reply.ts';
import { probeRequest } from '../fogbugz/request.ts';
import { type SendOptions, send } from '../fogbugz/send.ts';
import type { Site } from '../fogbugz/site.ts';
import type { Probe } from '../guard-messages.ts';

/** How long an answer is good for, so that a hundred sessions of one site are one question. */
const freshMs = 30_000;

/**
 * Asks a site without a token whether a log-off from here would reach it: through the same proxy, with the same
 * certificates, refusing the same redirects.
 */
export function createProbe(options: SendOptions, now: () => number): (site: Site) => Promise<Probe> {
  const asked = new Map<string, { readonly at: number; readonly answer: Promise<Probe> }>();
  return site => {
    const key = `${site.dialect} ${site.endpoint}`;
    const last = asked.get(key);
    if (last && now() - last.at < freshMs) return last.answer;
    const answer = ask(site, options);
    asked.set(key, { at: now(), answer });
    // A failure is asked about anew: whoever asks again hopes that it is over.
    answer.then(({ is }) => is === 'failed' && asked.delete(key));
    return answer;
  };
}

async function ask(site: Site, options: SendOptions): Promise<Probe> {
  const reply = await send(probeRequest(site), options);
  const answer = reply.is === 'reply' ? readReply(site.dialect, reply) : reply;
  // Without a token even a no is FogBugz's own word.
  if (answer.is === 'yes' || answer.is === 'no') return { is: 'ok' };
  return { is: 'failed', why: answer.is, detail: detailOf(answer) };
}

function detailOf(failure: Failure): string {
  switch (failure.is) {
    case 'unreachable':
      return failure.why;
    case 'not-fogbugz':
    case 'unavailable':
      return `HTTP ${failure.status}`;
    case 'timed-out':
      return `${failure.afterMs} ms`;
    case 'refused':
    case 'redirected':
    case 'too-large':
      return '';
    default:
      return failure satisfies never;
  }
}
