import { spawn } from 'node:child_process';
import * as v from 'valibot';
import { longestMessage, protocolVersion, replySchema } from '../../guard-messages.ts';
import { createFrameReader, frame } from '../frames.ts';

const limitMs = 10_000;

/** Starts the installed host as a browser does, and says hello to it. `undefined` if all is well, or what is not. */
export function tryHost(
  launcher: string,
  args: readonly string[],
  version: string,
): Promise<string | undefined> {
  return new Promise(resolve => {
    const windows = process.platform === 'win32';
    const host = spawn(windows ? `"${launcher}"` : launcher, args, {
      stdio: ['pipe', 'pipe', 'ignore'],
      shell: windows, // a batch file is no program
      windowsHide: true,
    });
    let found: { readonly trouble: string | undefined } | undefined;
    // It is gone before this says so: what comes next may be its removal, and it still writes.
    const end = (trouble: string | undefined) => {
      found ??= { trouble };
      host.stdin.end();
    };
    const done = (trouble: string | undefined) => {
      clearTimeout(limit);
      resolve(trouble);
    };
    const limit = setTimeout(() => {
      host.kill();
      done(found ? 'it did not end' : `it did not answer within ${limitMs / 1000} s`);
    }, limitMs);
    const read = createFrameReader(longestMessage);
    host.once('error', ({ message }) => done(message));
    host.once('close', status => done(found ? found.trouble : `it ended by itself, with status ${status}`));
    host.stdin.on('error', () => undefined);
    host.stdout.on('data', chunk => {
      for (const one of read(chunk)) end(judge(one.is === 'message' ? one.message : undefined));
    });
    host.stdin.write(
      frame({ do: 'hello', protocol: protocolVersion, version, profile: 'guard-test', sessions: [] }),
    );
  });
}

function judge(message: unknown): string | undefined {
  const reply = v.safeParse(replySchema, message);
  if (!reply.success) return 'it answered something that is not understood';
  if (reply.output.is === 'hello' && reply.output.fit === 'fits') return undefined;
  return `it answered: ${JSON.stringify(reply.output)}`;
}
