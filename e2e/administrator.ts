/** Settings by an administrator, through the policy file that a real browser reads, for that browser alone. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserName, Launch } from './browser.ts';
import { unpackedId } from './chromium/profile.ts';
import { launchManaged } from './chromium.ts';
import { readBuild } from './firefox/profile.ts';
import { launch as launchFirefox } from './firefox.ts';
import { buildOf } from './stage.ts';

type Administrator = {
  /** Sets this for the extension, and nothing else. Chromium sees it at once, Firefox at its next start. */
  sets(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Sets this for the browser itself, by the names of its own policies. Chromium alone, before it is launched. */
  setsBrowser(policies: Readonly<Record<string, unknown>>): Promise<void>;
  readonly launch: Launch;
  /** Takes the file away. */
  leaves(): Promise<void>;
};

export async function hireAdministrator(name: BrowserName): Promise<Administrator> {
  const folder = await mkdtemp(join(tmpdir(), 'e2e-administrator-'));
  await mkdir(join(folder, 'managed'));
  return {
    async sets(settings) {
      if (name === 'chromium') {
        const policy = { '3rdparty': { extensions: { [await unpackedId(buildOf(name))]: settings } } };
        await writeFile(join(folder, 'managed', 'e2e.json'), JSON.stringify(policy));
      } else {
        const { id } = await readBuild(buildOf(name));
        const policies = { '3rdparty': { Extensions: { [id]: settings } } };
        await writeFile(join(folder, 'policies.json'), JSON.stringify({ policies }));
      }
    },
    setsBrowser: policies => writeFile(join(folder, 'managed', 'browser.json'), JSON.stringify(policies)),
    launch: options =>
      name === 'chromium'
        ? launchManaged({ ...options, policies: folder })
        : launchFirefox({ ...options, policies: folder }),
    leaves: () => rm(folder, { recursive: true, force: true }),
  };
}
