import type { Token } from '../token.ts';
import type { Dialect, Site } from './site.ts';

/** A command ready to send: what `fetch(url, { method, headers, body })` takes. Never a secret in `url` or `headers`. */
export type WireRequest = {
  readonly url: string;
  readonly method: 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Where a command goes: any `Site` is one; discovery makes one to try out. */
export type Target = Pick<Site, 'dialect' | 'endpoint'>;

/** Ends the token. JSON: `POST /f/api/0/jsonapi` with `{"cmd":"logoff","token":"…"}`; XML: the same as a form. */
export function logOffRequest(target: Target, token: Token): WireRequest {
  return commandRequest(target, 'logoff', { token: token.reveal() });
}

/** `logon` with a token alone is FogBugz's validity check: it answers the same token and starts nothing. */
export function checkRequest(target: Target, token: Token): WireRequest {
  return commandRequest(target, 'logon', { token: token.reveal() });
}

/** `email` may be a full name. There is no room for a token: a stale one beside the password spoils the log-on. */
export function logOnRequest(target: Target, email: string, password: string): WireRequest {
  return commandRequest(target, 'logon', { email, password });
}

/** `viewPerson` without arguments is the person whose token it is. */
export function viewPersonRequest(target: Target, token: Token): WireRequest {
  return commandRequest(target, 'viewPerson', { token: token.reveal() });
}

/**
 * Carries no token, and finds out whether an endpoint speaks its dialect. `viewPerson`, because every release knows
 * it, it only reads, and without a token it can only be answered "not logged on".
 */
export function probeRequest(target: Target): WireRequest {
  return commandRequest(target, 'viewPerson', {});
}

/**
 * The log-off as a command line for a person to read and try, exactly as it is sent, with `placeholder` for the token.
 */
export function logOffAsCurl(target: Target, placeholder: string): string {
  const { url, method, headers, body } = commandRequest(target, 'logoff', { token: placeholder });
  const lines = [
    `curl --request ${method} ${quoted(url)}`,
    ...Object.entries(headers).map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`),
    `--data ${quoted(body)}`,
  ];
  return lines.join(' \\\n  ');
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function commandRequest({ dialect, endpoint }: Target, cmd: string, values: Fields): WireRequest {
  const { type, write } = forms[dialect];
  return {
    url: endpoint,
    method: 'POST',
    headers: { 'Content-Type': type },
    body: write({ cmd, ...values }),
  };
}

type Fields = Readonly<Record<string, string>>;

/** How each dialect writes the fields of a command. */
const forms: Readonly<
  Record<Dialect, { readonly type: string; readonly write: (fields: Fields) => string }>
> = {
  json: { type: 'application/json', write: fields => JSON.stringify(fields) },
  xml: {
    type: 'application/x-www-form-urlencoded',
    write: fields => new URLSearchParams(fields).toString(),
  },
};
