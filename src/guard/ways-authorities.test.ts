import tls from 'node:tls';
import { beforeEach, describe, expect, it } from 'vitest';
import { send } from '../fogbugz/send.ts';
import { createFetch } from './network.ts';
import { serveFogBugz } from './stage/stage.ts';

/** What a Node that can tell the system's authorities has, from 22.15 on. Handed in here: the one that tests may be older. */
type Tell = (kind: string) => readonly string[];

const own = Object.getOwnPropertyDescriptor(tls, 'getCACertificates');

beforeEach(() => () => {
  if (own) Object.defineProperty(tls, 'getCACertificates', own);
  else Reflect.deleteProperty(tls, 'getCACertificates');
});

function thatTells(tell: Tell | undefined): void {
  Object.defineProperty(tls, 'getCACertificates', { value: tell, configurable: true });
}

/** Asks a server whose certificate nobody but its own authority vouches for. */
async function ask(tellFor: (authority: string) => Tell | undefined) {
  const sandbox = await serveFogBugz({ tls: 'http/1.1' });
  thatTells(tellFor(sandbox.authority));
  const { is } = await send({ url: `${sandbox.url}api.xml`, method: 'GET' }, { fetch: createFetch({}) });
  return is;
}

describe('the authorities that Node tells, by a stand-in for the Node that can', () => {
  it('count: the system’s', async () => {
    const kinds: string[] = [];
    const tell = (authority: string) => (kind: string) => {
      kinds.push(kind);
      return kind === 'system' ? [authority] : tls.rootCertificates;
    };
    expect(await ask(tell)).toBe('reply');
    expect(kinds).toEqual(['default', 'system']);
  });

  it('count: those that it has by default, to which NODE_EXTRA_CA_CERTS belong', async () => {
    expect(await ask(authority => kind => (kind === 'default' ? [authority] : []))).toBe('reply');
  });

  it('are all that count', async () => {
    expect(await ask(() => () => tls.rootCertificates)).toBe('unreachable');
  });

  it('are Node’s own where it can’t tell the system’s', async () => {
    expect(await ask(() => undefined)).toBe('unreachable');
  });
});
