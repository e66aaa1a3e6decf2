import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { isAlive } from './browser-process.ts';
import { readParsed, writePrivately } from './private-file.ts';

/** `undefined`: nobody could tell which process the browser is. */
export const browserSchema = v.optional(
  v.object({ pid: v.pipe(v.number(), v.integer(), v.minValue(2)), startedAt: v.string() }),
);

const claimSchema = v.object({ guard: v.string(), browser: browserSchema });

/** One Guard, by a random id of its own, in one run of a browser. */
export type Claim = v.InferOutput<typeof claimSchema>;

/**
 * Says, in a file for each browser profile, which Guard has the profile's sessions in its care now. A Guard that has
 * lost its extension sees there that the extension came back to a newer one. No token stands in it.
 */
export async function claim(stateFolder: string, profile: string, claimed: Claim): Promise<void> {
  await forgetDeadBrowsers(claimsFolder(stateFolder));
  await writePrivately(pathOf(stateFolder, profile), claimed);
}

/** Which Guard has claimed the profile last, if it is known. */
export async function lastToClaim(stateFolder: string, profile: string): Promise<string | undefined> {
  return (await readParsed(pathOf(stateFolder, profile), claimSchema))?.guard;
}

/**
 * Whether another Guard has claimed the profile since, in the same run of the browser. `before`: whose claim stood there
 * when this one came: a Guard whose extension went before it had handed everything over has not claimed anything itself.
 */
export async function isSucceeded(
  stateFolder: string,
  profile: string,
  { before, ...mine }: Claim & { readonly before?: string | undefined },
): Promise<boolean> {
  const last = await readParsed(pathOf(stateFolder, profile), claimSchema);
  return (
    last !== undefined &&
    last.guard !== mine.guard &&
    last.guard !== before &&
    last.browser?.pid === mine.browser?.pid &&
    last.browser?.startedAt === mine.browser?.startedAt
  );
}

function pathOf(stateFolder: string, profile: string): string {
  return join(claimsFolder(stateFolder), `${profile}.json`);
}

function claimsFolder(stateFolder: string): string {
  return join(stateFolder, 'claims');
}

/** So that there are not many more files than browsers that run. */
async function forgetDeadBrowsers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(name => name.endsWith('.json'))) {
    const path = join(folder, name);
    const left = await readParsed(path, claimSchema);
    if (left?.browser && !isAlive(left.browser)) await rm(path, { force: true });
  }
}
