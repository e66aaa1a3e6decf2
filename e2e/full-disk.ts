/** A disk of its own for a browser's profile, small enough to be filled. */
import { execFileSync } from 'node:child_process';
import { appendFile, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type SmallDisk = {
  readonly folder: string;
  /** Leaves no room, whatever others write meanwhile. */
  readonly fill: () => Promise<void>;
  readonly empty: () => Promise<void>;
  /** Takes it away, also from under somebody who still uses it. */
  readonly remove: () => Promise<void>;
};

/** @throws {Error} where neither this user nor `sudo` may mount: a test that needs it fails there, and says why. */
export async function mountSmallDisk(mebibytes: number): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'small-disk-'));
  const options = `size=${mebibytes}m,mode=700,uid=${process.getuid?.()},gid=${process.getgid?.()}`;
  asRoot('mount', '-t', 'tmpfs', '-o', options, 'tmpfs', folder);
  const ballast = join(folder, 'ballast');
  return {
    folder,
    async fill() {
      for (let size = 1024 * 1024; size >= 1; ) {
        try {
          await appendFile(ballast, Buffer.alloc(size));
        } catch {
          size = Math.floor(size / 16);
        }
      }
      const { bavail } = await statfs(folder);
      if (bavail > 0) throw new Error('The disk is not full');
    },
    empty: () => rm(ballast),
    async remove() {
      asRoot('umount', '--lazy', folder);
      await rm(folder, { recursive: true });
    },
  };
}

function asRoot(program: string, ...args: readonly string[]): void {
  const [command, ...rest] = process.getuid?.() === 0 ? [program, ...args] : ['sudo', '-n', program, ...args];
  execFileSync(command ?? program, rest, { stdio: ['ignore', 'ignore', 'inherit'] });
}
