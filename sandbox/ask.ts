import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { Sandbox } from './sandbox.ts';

/** A reply as the tests see it. */
export type Heard = {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** Names and values of the cookies that it sets. */
  readonly cookies: Readonly<Record<string, string>>;
  /** The whole `Set-Cookie` headers. */
  readonly setCookies: readonly string[];
};

export type Asking = {
  readonly host?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Cookies to send. */
  readonly cookies?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** Sent url-encoded. */
  readonly form?: Readonly<Record<string, string>>;
  /** Sent as multipart/form-data. */
  readonly parts?: Readonly<Record<string, string>>;
  readonly agent?: http.Agent;
};

/** Sends one request to a site of a sandbox, as the tests' client. @throws if there is no reply. */
export async function ask(sandbox: Sandbox, path: string, asking: Asking = {}): Promise<Heard> {
  const { host = 'acme.fogbugz.com', agent = false } = asking;
  const { type, body } = bodyOf(asking);
  const options = {
    host: '127.0.0.1',
    port: sandbox.port,
    path,
    agent,
    method: asking.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      host,
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(asking.cookies ? { cookie: pairs(asking.cookies).join('; ') } : {}),
      ...asking.headers,
    },
    ca: sandbox.authority,
    servername: isIP(host) ? '' : host,
  };
  return await new Promise<Heard>((resolve, reject) => {
    const request = (sandbox.authority === '' ? http : https).request(options, response => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', chunk => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () => {
        const setCookies = response.headers['set-cookie'] ?? [];
        const cookies = Object.fromEntries(
          setCookies
            .map(cookie => (cookie.split(';')[0] ?? '').split('='))
            .map(([name, value]) => [name, value]),
        );
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, cookies, setCookies });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Logs on at the web page with a password, and gives the token that came in the cookie. */
export async function logOnAtPage(sandbox: Sandbox, more: Partial<Asking> = {}): Promise<string> {
  const heard = await ask(sandbox, '/login', {
    form: { sPerson: 'ada@example.com', sPassword: 'demo' },
    ...more,
  });
  const token = heard.cookies.fbToken;
  if (token === undefined) throw new Error(`No fbToken: ${heard.status} ${heard.text}`);
  return token;
}

/** Whether a page opens with this cookie. */
export async function pageOpens(sandbox: Sandbox, fbToken: string): Promise<boolean> {
  return (await ask(sandbox, '/f/cases', { cookies: { fbToken } })).status === 200;
}

function bodyOf({ json, form, parts }: Asking): {
  readonly type: string | undefined;
  readonly body: string | undefined;
} {
  if (json !== undefined) return { type: 'application/json', body: JSON.stringify(json) };
  if (form) {
    return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(form).toString() };
  }
  if (!parts) return { type: undefined, body: undefined };
  const boundary = '----sandboxBoundary7MA4YWxk';
  const lines = Object.entries(parts).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return { type: `multipart/form-data; boundary=${boundary}`, body: `${lines.join('')}--${boundary}--\r\n` };
}

function pairs(cookies: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
}
