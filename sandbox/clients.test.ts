import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from './sandbox.ts';

/** How other people's clients speak to FogBugz: each is written here as they write it, with `fetch` alone. */
let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ basePath: '/fogbugz' });
});
afterEach(() => sandbox.stop());

type Parameters = Readonly<Record<string, string>>;
type Send = (parameters: Parameters) => Promise<string>;

const textOf = async (reply: Promise<Response>) => (await reply).text();

async function discoverThenMultipart(parameters: Parameters): Promise<string> {
  const discovery = await textOf(fetch(new URL('api.xml', sandbox.url)));
  const endpoint = /<url>(.*)<\/url>/.exec(discovery)?.[1] ?? '';
  const form = new FormData();
  for (const [name, value] of Object.entries(parameters)) form.append(name, value);
  form.append('File1', new Blob(['an attachment']), 'notes.txt');
  return textOf(fetch(new URL(endpoint, sandbox.url), { method: 'POST', body: form }));
}

const get: Send = parameters =>
  textOf(fetch(new URL(`api.asp?${new URLSearchParams(parameters)}`, sandbox.url)));

const urlEncoded: Send = parameters =>
  textOf(fetch(new URL('api.asp', sandbox.url), { method: 'POST', body: new URLSearchParams(parameters) }));

const commandInQuery: Send = ({ cmd = '', ...rest }) =>
  textOf(
    fetch(new URL(`api.asp?cmd=${cmd}`, sandbox.url), { method: 'POST', body: new URLSearchParams(rest) }),
  );

const post = (path: string, body: object) =>
  textOf(
    fetch(new URL(path, sandbox.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );

const jsonCommandInBody: Send = parameters => post('f/api/0/jsonapi', parameters);
const jsonCommandInPath: Send = ({ cmd = '', ...rest }) => post(`api/${cmd}`, rest);

describe.each<{ name: string; send: Send; token: RegExp; dialect: 'xml' | 'json' }>([
  { name: 'discovery, then multipart', send: discoverThenMultipart, token: /CDATA\[(\w+)\]/, dialect: 'xml' },
  { name: 'GET', send: get, token: /CDATA\[(\w+)\]/, dialect: 'xml' },
  { name: 'url-encoded', send: urlEncoded, token: /CDATA\[(\w+)\]/, dialect: 'xml' },
  { name: 'url-encoded, command in the URL', send: commandInQuery, token: /CDATA\[(\w+)\]/, dialect: 'xml' },
  { name: 'JSON, command in the body', send: jsonCommandInBody, token: /"token":"(\w+)"/, dialect: 'json' },
  { name: 'JSON, command in the path', send: jsonCommandInPath, token: /"token":"(\w+)"/, dialect: 'json' },
])('a client that speaks $name', ({ send, token: pattern, dialect }) => {
  it('goes from logon to logoff', async () => {
    const reply = await send({ cmd: 'logon', email: 'ada@example.com', password: 'demo' });
    const token = pattern.exec(reply)?.[1] ?? '';
    expect(sandbox.life(token)).toMatchObject({ via: dialect, diedAt: undefined });
    expect(await send({ cmd: 'viewPerson', token })).toContain('Ada Lovelace');
    expect(await send({ cmd: 'listProjects', token })).toContain('Analytical Engine');
    expect(await send({ cmd: 'search', q: 'moth', cols: 'sTitle', token })).toContain('Moth in relay 70');
    expect(await send({ cmd: 'new', sTitle: 'Größe falsch', token })).toContain('assign');
    await send({ cmd: 'logoff', token });
    expect(sandbox.life(token)).toMatchObject({ diedBy: dialect });
    expect(await send({ cmd: 'viewPerson', token })).toMatch(/Not logged (on|in)/);
  });

  it('is told when a command is not known or missing', async () => {
    expect(await send({ cmd: 'nosuchcommand' })).toMatch(/code"?[=:]"27"/);
    expect(await send({ cmd: '' })).toMatch(/code"?[=:]"4"/);
  });
});
