import { writeFile } from 'node:fs/promises';
import { readCommandLine } from './command-line.ts';
import { people, twoFactorCode } from './people.ts';
import { type SandboxOptions, startSandbox } from './sandbox.ts';

const wish = readCommandLine(process.argv.slice(2));
switch (wish.is) {
  case 'help':
    process.stdout.write(wish.text);
    break;
  case 'mistake':
    complain(wish.message);
    break;
  case 'start':
    await start(wish.options, wish.authorityFile).catch(error =>
      complain(error instanceof Error ? error.message : String(error)),
    );
    break;
  default:
    wish satisfies never;
}

/** Starts the sandbox, prints one line of JSON about it, and runs until SIGINT or SIGTERM. */
async function start(options: Partial<SandboxOptions>, authorityFile: string | undefined): Promise<void> {
  if (authorityFile !== undefined && (options.tls ?? 'off') === 'off') {
    throw new Error('--authority needs --tls http1 or --tls http2.');
  }
  const sandbox = await startSandbox(options);
  const stop = () => {
    sandbox.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  if (authorityFile !== undefined) await writeFile(authorityFile, sandbox.authority);
  const live = new URL('/sandbox', sandbox.url).href;
  const about = {
    url: sandbox.url,
    logOn: new URL(sandbox.switches().logOnPage.replace(/^\//, ''), sandbox.url).href,
    live,
    state: `${live}/state.json`,
    sites: ['acme.fogbugz.com', 'beta.fogbugz.com', 'demo.fogbugz.com', 'demo.manuscript.com'].map(
      sandbox.siteUrl,
    ),
    users: people.map(({ fullName, email, password, logOn }) => ({
      fullName,
      email: email.trim(),
      password,
      logOn,
      ...(logOn === 'two-factor' ? { code: twoFactorCode } : {}),
    })),
    ...(authorityFile === undefined ? {} : { authority: authorityFile }),
  };
  process.stdout.write(`${JSON.stringify(about)}\n`);
}

function complain(message: string): void {
  process.stderr.write(`${message}\nSee npm run sandbox -- --help\n`);
  process.exitCode = 1;
}
