/** Where tokens and passwords may stand, and what is found of them elsewhere: [security.md](../docs/security.md#where-a-token-may-stand) as code. */
import { type Dirent, existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { RequestRecord } from '../sandbox/record.ts';

/** A token with the host that it is for, or a password. */
export type Secret = { readonly text: string; readonly host?: string };

/** What is found, in words that don't repeat it: `token k3v0f… in the console: …`. */
export type Leak = string;

/** Whatever tokens and passwords are made of, as far as they are worth a search of their own. */
const letters = /[\w-]{12,}/g;
const isOfLetters = /^[\w-]{12,}$/;
/** So many are looked for one by one: searching for one is what machines are quickest at. */
const few = 50;

/** The secrets that stand in a text, however it is stored: UTF-8, or UTF-16 as browsers have it in their databases. */
function secretsIn(text: string | Buffer, secrets: readonly Secret[]): readonly Secret[] {
  return secrets.length > few ? manyIn(text, secrets) : fewIn(text, secrets);
}

function fewIn(text: string | Buffer, secrets: readonly Secret[]): readonly Secret[] {
  return typeof text === 'string'
    ? secrets.filter(secret => text.includes(secret.text))
    : secrets.filter(secret => text.includes(secret.text) || text.includes(secret.text, 0, 'utf16le'));
}

/** UTF-16 becomes the same as UTF-8. */
function withoutZeros(text: Buffer): Buffer {
  const rest = Buffer.allocUnsafe(text.length);
  let length = 0;
  for (const byte of text) if (byte !== 0) rest[length++] = byte;
  return rest.subarray(0, length);
}

type Lookup = {
  readonly wanted: ReadonlyMap<string, Secret>;
  readonly lengths: readonly number[];
  /** Those that could stand in a text otherwise than as such letters. */
  readonly odd: readonly Secret[];
};
const lookups = new WeakMap<readonly Secret[], Lookup>();

function lookupOf(secrets: readonly Secret[]): Lookup {
  const before = lookups.get(secrets);
  if (before) return before;
  const wanted = new Map(secrets.map(secret => [secret.text, secret]));
  const lengths = [...new Set([...wanted.keys()].map(({ length }) => length))];
  const lookup = { wanted, lengths, odd: secrets.filter(({ text }) => !isOfLetters.test(text)) };
  lookups.set(secrets, lookup);
  return lookup;
}

/** The same in one pass, for hundreds: what looks like a secret is looked up. */
function manyIn(text: string | Buffer, secrets: readonly Secret[]): readonly Secret[] {
  const { wanted, lengths, odd } = lookupOf(secrets);
  const plain = typeof text === 'string' ? text : withoutZeros(text).toString('latin1');
  const found = new Set<Secret>();
  for (const [run] of plain.matchAll(letters))
    for (const length of lengths)
      for (let at = 0; at + length <= run.length; at += 1) {
        const secret = wanted.get(run.slice(at, at + length));
        if (secret) found.add(secret);
      }
  return [...found, ...fewIn(text, odd)];
}

/** What stands in a text that may hold none. */
export function leaksIn(where: string, text: string | Buffer, secrets: readonly Secret[]): readonly Leak[] {
  return secretsIn(text, secrets).map(secret => describe(secret, where));
}

const describe = ({ text, host }: Secret, where: string): Leak =>
  `${host === undefined ? 'password' : 'token'} ${text.slice(0, 5)}… in ${where}`;

/**
 * A request may have a token in the body that it is to be judged by, at the token's own host, and the browser's own
 * cookie; a password in the body of a log-on. Nothing in the address or in any other header.
 */
export function leaksInRequest(request: RequestRecord, secrets: readonly Secret[]): readonly Leak[] {
  const { method, host, path, query, headers, cookies, body, api, command, token } = request;
  const name = `a request to ${host}${path}`;
  const { cookie: _, ...others } = headers;
  const isLogOn = command === 'logon' || command === 'log-on';
  // Where an API was until a moment ago, the sandbox reads no token: a server that moved gets one more request there.
  const isApi = api === 'web' ? formerApi.test(path) : true;
  const isAskedAbout = (text: string): boolean => (api === 'web' ? token === undefined : text === token);
  const inBody = secretsIn(body, secrets).filter(({ text, host: home }) =>
    home === undefined ? !isLogOn : !(method === 'POST' && isApi && isAskedAbout(text) && home === host),
  );
  // Firefox's beacon can't leave the cookie out, and may be sent where it holds the very token: docs/decisions/0007.
  const inCookies = Object.entries(cookies).flatMap(([key, value]) =>
    secretsIn(value, secrets).filter(secret => key !== 'fbToken' || (api !== 'web' && secret.text !== token)),
  );
  return [
    ...leaksIn(`the address of ${name}`, `${path}?${query}`, secrets),
    ...leaksIn(`the headers of ${name}`, JSON.stringify(others), secrets),
    ...inBody.map(secret => describe(secret, `the body of ${name}`)),
    ...inCookies.map(secret => describe(secret, `the cookies of ${name}`)),
  ];
}

const formerApi = /\/(api\.(asp|php)|f\/api\/0\/jsonapi)$/;

export type AreaName = 'local' | 'session' | 'sync' | 'managed';

/** Session records hold their token; in `aside`, those that were set aside may hold any, whole; nothing else holds any. */
export function leaksInStorage(
  area: AreaName,
  stored: Readonly<Record<string, unknown>>,
  secrets: readonly Secret[],
): readonly Leak[] {
  return Object.entries(stored).flatMap(([key, value]) =>
    leaksIn(`storage.${area}, ${key}`, JSON.stringify(judged(area, key, value)) ?? '', secrets),
  );
}

/** What of a stored value may hold no secret. */
function judged(area: AreaName, key: string, value: unknown): unknown {
  if (isSession(key) && (area === 'local' || area === 'session')) {
    const { token: _, ...rest } = Object(value);
    return rest;
  }
  if (key === 'aside' && area === 'local' && Array.isArray(value))
    return value.filter((entry: unknown) => !isSession(String(Object(entry).key)));
  return value;
}

const isSession = (key: string): boolean => key.startsWith('session:');

/**
 * What browsers keep for themselves, by the names of folders and files, and why a log-on may stand there.
 * Names are those of Chromium and Firefox side by side.
 */
const browsersOwn: readonly (readonly [RegExp, why: string])[] = [
  [/^(Cookies|Cookies-journal|Safe Browsing Cookies.*|cookies\.sqlite(-wal|-shm)?)$/, 'their cookie stores'],
  [
    /^(Sessions|Session Storage|sessionstore.*|recovery\.jsonlz4|recovery\.baklz4)$/,
    'what they restore cookies and forms from',
  ],
  [
    /^(Local Extension Settings|moz-extension\+\+\+.*)$/,
    "the extension's own storage.local, which is looked at while they run",
  ],
  [
    /^(Cache|Code Cache|cache2|startupCache|GPUCache|.*ShaderCache|DawnGraphiteCache|DawnWebGPUCache)$/,
    'caches of pages and programs',
  ],
];

/** More than this is no place where anybody writes a line about a session; bytes. */
const longestFile = 8 * 1024 * 1024;

/**
 * Searches the files below a folder, those that belong to the browser alone left out. Nothing there is no leak; what is
 * there and can't be read is reported.
 */
export async function leaksInFiles(folder: string, secrets: readonly Secret[]): Promise<readonly Leak[]> {
  if (secrets.length === 0) return [];
  const entries = await filesBelow(folder);
  if (typeof entries === 'string')
    return [`the folder ${basename(folder)} could not be looked at: ${entries}`];
  const leaks: Leak[] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const parts = relative(folder, path).split(sep);
    if (!entry.isFile() || parts.some(part => browsersOwn.some(([name]) => name.test(part)))) continue;
    leaks.push(...leaksIn(`the name of the file ${basename(folder)}`, parts.join('/'), secrets));
    const content = await contentOf(path);
    leaks.push(
      ...(typeof content === 'string'
        ? [`the file ${parts.join('/')} could not be looked at: ${content}`]
        : leaksIn(`the file ${parts.join('/')}`, content, secrets)),
    );
  }
  return leaks;
}

/** The entries, or why nobody knows. A folder that goes while it is read spoils the list, so it is read again. */
async function filesBelow(folder: string, tries = 3): Promise<readonly Dirent[] | string> {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') return codeOf(error);
    if (!existsSync(folder)) return [];
    return tries > 1 ? filesBelow(folder, tries - 1) : codeOf(error);
  }
}

/** What a file says, or why nobody knows. Nothing where it has just gone, or is too long for a line about a session. */
async function contentOf(path: string): Promise<Buffer | string> {
  try {
    const { size } = await stat(path);
    return size === 0 || size > longestFile ? Buffer.alloc(0) : await readFile(path);
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? Buffer.alloc(0) : codeOf(error);
  }
}

const codeOf = (error: unknown): string => String(Object(error).code ?? error);
