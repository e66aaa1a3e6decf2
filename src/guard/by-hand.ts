import { text } from 'node:stream/consumers';
import { check, discover, logoff } from '../fogbugz/library.ts';
import type { SendOptions } from '../fogbugz/send.ts';

/** What people and scripts can have done with one token, or one site, without a browser. */
const commands = {
  logoff: { good: ['logged-off', 'already-off'], wantsToken: true, ask: logoff },
  check: { good: ['alive'], wantsToken: true, ask: check },
  discover: {
    good: ['site'],
    wantsToken: false,
    ask: (site: string, _: string, options: SendOptions) => discover(site, options),
  },
} as const;

export type ByHand = keyof typeof commands;

export function isByHand(command: string): command is ByHand {
  return Object.hasOwn(commands, command);
}

/**
 * Asks, and prints the outcome as one line of JSON. The token comes from the standard input: an argument would stand in
 * the shell's history, and in the list of processes for everybody on the machine.
 *
 * @returns the exit status: 0 if it is as wished, 1 if not, 2 if the command was typed wrongly.
 */
export async function runByHand(
  command: ByHand,
  args: readonly string[],
  options: SendOptions,
): Promise<number> {
  const { good, wantsToken, ask } = commands[command];
  const [site] = args;
  const wrong = wrongness(command, args.length, wantsToken && process.stdin.isTTY);
  if (site === undefined || wrong !== undefined) {
    process.stderr.write(`${wrong}\n`);
    return 2;
  }
  const outcome = await ask(site, wantsToken ? await text(process.stdin) : '', options);
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
  return good.some(one => one === outcome.is) ? 0 : 1;
}

function wrongness(command: ByHand, given: number, isTyped: boolean): string | undefined {
  if (given === 1 && !isTyped) return undefined;
  const token = commands[command].wantsToken ? ' < FILE-WITH-THE-TOKEN' : '';
  return `logoff-on-close ${command} SITE${token}${token && '\nThe token is read from the standard input, never from an argument.'}`;
}
