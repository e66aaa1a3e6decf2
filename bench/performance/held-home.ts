import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Launch } from '../../e2e/browser.ts';
import { unpackedId } from '../../e2e/chromium/profile.ts';
import { processesWith } from '../../src/guard/stage/processes.ts';
import { idInFirefox, sourceOf } from './extensions.ts';
import type { Cell } from './part.ts';

/** A home folder in which the ten-line host is installed for the extension that hands it the token. */
export async function withHeldHome<T>(
  browser: Cell['browser'],
  launch: Launch,
  use: (launch: Launch, hosts: () => readonly number[]) => Promise<T>,
): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'bench-home-'));
  const profile = join(home, browser === 'chromium' ? '.config/chromium' : 'firefox-profile');
  const manifests =
    browser === 'chromium'
      ? join(profile, 'NativeMessagingHosts')
      : join(home, '.mozilla/native-messaging-hosts');
  const program = join(home, 'host');
  const authority = join(home, 'authority.pem');
  try {
    return await use(
      async options => {
        await writeFile(
          program,
          `#!/bin/sh\nexec "${process.execPath}" "${sourceOf('host.mjs')}" "${home}"\n`,
        );
        await chmod(program, 0o755);
        await writeFile(authority, options.authority);
        await mkdir(manifests, { recursive: true });
        const caller =
          browser === 'chromium'
            ? { allowed_origins: [`chrome-extension://${await unpackedId(options.extension)}/`] }
            : { allowed_extensions: [idInFirefox('held')] };
        await writeFile(
          join(manifests, 'bench_host.json'),
          JSON.stringify({
            name: 'bench_host',
            description: 'Bench',
            path: program,
            type: 'stdio',
            ...caller,
          }),
        );
        const env = {
          HOME: home,
          XDG_CONFIG_HOME: join(home, '.config'),
          NODE_EXTRA_CA_CERTS: authority,
          BENCH_PORT: String(options.port),
        };
        return launch({ profile, env, ...options });
      },
      () => processesWith(`\0${home}\0`).map(({ pid }) => pid),
    );
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
