import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { packageName } from '../../src/guard-messages.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where `npm run package` leaves what it makes. */
export const packagesFolder = fileURLToPath(new URL('../../dist/packages/', import.meta.url));

/** The one version of everything: the extension's manifest and the Guard have it from package.json too. */
const { version } = v.parse(
  v.object({ version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/)) }),
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')),
);

/** Named by what is in them. The Guard's is named by npm, after its package: the scope without its `@`, and a dash. */
export const packages = {
  chrome: `logoff-on-close-chrome-${version}.zip`,
  firefox: `logoff-on-close-firefox-${version}.xpi`,
  source: `logoff-on-close-source-${version}.zip`,
  guard: `${packageName.replace(/^@/, '').replace('/', '-')}-${version}.tgz`,
} as const;

export const sums = 'SHA256SUMS';
