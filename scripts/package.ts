// Makes everything that is published, in `dist/packages`: `npm run package`. The same sources give the same bytes.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forStore, sourcesIn } from './package/contents.ts';
import { packages, packagesFolder, root, sums } from './package/names.ts';
import { zip } from './zip.ts';

rmSync(packagesFolder, { recursive: true, force: true });
npm('run', '--silent', 'build');
mkdirSync(packagesFolder, { recursive: true });

write(packages.chrome, await zip(await forStore(join(root, 'dist/chrome'))));
write(packages.firefox, await zip(await forStore(join(root, 'dist/firefox'))));
write(packages.source, await zip(sourcesIn(root)));
npm('pack', '--silent', '--ignore-scripts', './dist/guard', '--pack-destination', packagesFolder);

const lines = Object.values(packages).map(name => {
  const body = readFileSync(join(packagesFolder, name));
  console.log(`${name}  ${(body.length / 1024).toFixed(1)} KiB`);
  return `${createHash('sha256').update(body).digest('hex')}  ${name}\n`;
});
write(sums, lines.join(''));

function write(name: string, body: Uint8Array | string): void {
  writeFileSync(join(packagesFolder, name), body);
}

function npm(...args: readonly string[]): void {
  // On Windows npm is a batch file, which only a shell starts; there is nothing in these arguments for it to misread.
  const windows = process.platform === 'win32';
  const { status, error } = spawnSync(windows ? 'npm.cmd' : 'npm', args, {
    cwd: root,
    // Vite would build another thing for whoever has set it to something else.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: windows,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`npm ${args.join(' ')} ended with ${status}`);
}
