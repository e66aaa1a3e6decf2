/**
 * The build as a user has it: packed, signed, installed and updated from a server. Only such an extension gets
 * `onStartup` when the browser starts, and `onUpdateAvailable` when the server has a new version. Chromium installs
 * it because an administrator's policy says so.
 */
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { newSigningKey, packCrx } from './chromium/crx.ts';

export type UpdateServer = {
  /** Of every extension that this server publishes. */
  readonly id: string;
  readonly updateUrl: string;
  /** Offers a build folder, unchanged but for the version, to every browser that asks from now on. */
  publish(folder: string, version: string): Promise<void>;
  stop(): Promise<void>;
};

/** Starts a server on loopback that updates come from, with a signing key that nobody keeps. */
export async function startUpdateServer(): Promise<UpdateServer> {
  const key = newSigningKey();
  let offer: { readonly version: string; readonly crx: Buffer } | undefined;
  const server = createServer((request, response) => {
    if (!offer) {
      response.writeHead(404).end();
    } else if (request.url?.startsWith('/updates.xml')) {
      const crxUrl = `${origin()}/${offer.version}.crx`;
      response.setHeader('content-type', 'application/xml');
      response.end(`<?xml version="1.0" encoding="UTF-8"?>
        <gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">
          <app appid="${key.id}"><updatecheck codebase="${crxUrl}" version="${offer.version}"/></app>
        </gupdate>`);
    } else {
      response.setHeader('content-type', 'application/x-chrome-extension');
      response.end(offer.crx);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The update server has no port');
    return `http://127.0.0.1:${address.port}`;
  };

  return {
    id: key.id,
    updateUrl: `${origin()}/updates.xml`,
    async publish(folder, version) {
      const copy = await mkdtemp(join(tmpdir(), 'e2e-packed-'));
      try {
        await cp(folder, copy, { recursive: true });
        const file = join(copy, 'manifest.json');
        const manifest = v.parse(v.looseObject({}), JSON.parse(await readFile(file, 'utf8')));
        const { key: _, ...rest } = manifest; // the signature's key counts, and a store would refuse another
        await writeFile(file, JSON.stringify({ ...rest, version }));
        offer = { version, crx: await packCrx(copy, key) };
      } finally {
        await rm(copy, { recursive: true, force: true });
      }
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/**
 * Writes the policy that installs an extension, and perhaps others, into a folder of its own. `launchInstalled` puts
 * that folder in the place of the machine's policies, for its browser alone: other browsers see nothing of it.
 *
 * @returns the folder, for `policies` of `launchInstalled`.
 */
export async function installByPolicy(
  { id, updateUrl }: Pick<UpdateServer, 'id' | 'updateUrl'>,
  others: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'e2e-policies-'));
  await mkdir(join(folder, 'managed'));
  const forced = {
    installation_mode: 'force_installed',
    update_url: updateUrl,
    override_update_url: true, // else only the installation comes from there, as the build names no place itself
    toolbar_pin: 'force_pinned',
  };
  // By default nothing may be attached to what a policy installs
  const policy = { DeveloperToolsAvailability: 1, ...others, ExtensionSettings: { [id]: forced } };
  await writeFile(join(folder, 'managed', 'e2e.json'), JSON.stringify(policy));
  return folder;
}

export async function removePolicy(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
