// Shows the extension at work in a real browser: opened for you where there is a screen, and playing a story of its
// own where there is none. Started by `npm start`, with the name of a browser and its path.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../sandbox/sandbox.ts';
import { startChromium } from './demo/chromium.ts';
import { startFirefox } from './demo/firefox.ts';
import { narrate } from './demo/narrator.ts';
import type { Start } from './demo/performer.ts';
import { play } from './demo/story.ts';

const [browser = '', program = '', mode = ''] = process.argv.slice(2);
const hasScreen = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const headless = mode === 'headless' || !hasScreen;

const sandbox = await startSandbox({ tls: 'http/1.1' });
const profile = await mkdtemp(join(tmpdir(), 'logoff-demo-'));
const start: Start = () =>
  (browser === 'firefox' ? startFirefox : startChromium)({
    program,
    profile,
    headless,
    port: sandbox.port,
    authority: sandbox.authority,
  });
const narrator = narrate(sandbox);

console.log(`
A FogBugz of your own runs on this machine and answers in this browser under https://demo.fogbugz.com/
What happens to each token, and each request: ${sandbox.url}sandbox
People: ada@example.com, grace@example.com; password: demo
`);

try {
  if (headless) {
    await play(start, narrator);
  } else {
    const performer = await start();
    console.log(
      'Log on as you always do, then close the tab or the browser. Quitting the browser ends this.\n',
    );
    performer.onTabsLeft(() => narrator.happened('the last tab closed'));
    await performer.open('https://demo.fogbugz.com/login');
    await performer.ended;
    narrator.happened('the browser was gone');
    await narrator.settled();
  }
} finally {
  await sandbox.stop();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}

const alive = sandbox.tokens().filter(({ diedAt }) => diedAt === undefined);
console.log(
  alive.length === 0
    ? `\nEvery one of the ${sandbox.tokens().length} tokens is dead on the server.`
    : `\n${alive.length} of ${sandbox.tokens().length} tokens still alive: the next start would log them off.`,
);
process.exit(headless && (alive.length > 0 || sandbox.tokens().length === 0) ? 1 : 0);
