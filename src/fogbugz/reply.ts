import { type Answer, asLine } from './answer.ts';
import { readJson } from './json.ts';
import type { Failure } from './outcome.ts';
import type { Dialect } from './site.ts';
import { readXml } from './xml.ts';

/** A complete reply, not looked into yet. */
export type Reply = {
  /** HTTP's. */
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs?: number | undefined;
};

/**
 * Looks into a reply. The body comes before the status: XML errors come with HTTP 200, JSON errors with 400 or 200.
 * A yes needs both, FogBugz's own form and a 2xx: a captive portal's page or another program's JSON is never one.
 */
export function readReply(dialect: Dialect, reply: Reply): Answer | Failure {
  const answer = readers[dialect](reply.text);
  const { status } = reply;
  if (answer?.is === 'no' || (answer && status >= 200 && status < 300)) return answer;
  return status === 429 || status >= 500
    ? { is: 'unavailable', status, retryAfterMs: reply.retryAfterMs }
    : { is: 'not-fogbugz', status };
}

const readers: Readonly<Record<Dialect, (text: string) => Answer | undefined>> = {
  json: readJson,
  xml: readXml,
};

const longestMessage = 300;

/** A no as the failure it is: its message shortened, and rid of any secret of the request that it repeats. */
export function refusal(no: Extract<Answer, { is: 'no' }>, secrets: readonly string[]): Failure {
  let message = no.message;
  for (const secret of secrets.filter(secret => secret !== '')) {
    // As it is, and as it stood in the body of the request.
    const inForm = new URLSearchParams([['', secret]]).toString().slice(1);
    const inJson = JSON.stringify(secret).slice(1, -1);
    for (const form of [secret, inForm, inJson]) message = message.replaceAll(form, '••••');
  }
  return { is: 'refused', code: no.code, message: asLine(message).slice(0, longestMessage) };
}
