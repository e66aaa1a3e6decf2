import { parseArgs } from 'node:util';
import type { SandboxOptions } from './sandbox.ts';
import type { Tls } from './server.ts';
import { defaultSwitches, type SwitchValues, switches, switchNames, withSwitch } from './switches.ts';

/** What the command line asks for. */
export type Wish =
  | {
      readonly is: 'start';
      readonly options: Partial<SandboxOptions>;
      readonly authorityFile: string | undefined;
    }
  | { readonly is: 'help'; readonly text: string }
  | { readonly is: 'mistake'; readonly message: string };

const tlsNames: Readonly<Record<string, Tls>> = { off: 'off', http1: 'http/1.1', http2: 'http/2' };

/** Reads the arguments after the script's name. */
export function readCommandLine(args: readonly string[]): Wish {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '0' },
        tls: { type: 'string', default: 'off' },
        'idle-limit': { type: 'string', default: '120' },
        'round-trip': { type: 'string', default: '0' },
        'base-path': { type: 'string', default: '' },
        switch: { type: 'string', multiple: true, default: [] },
        authority: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return { is: 'help', text: help() };
    const options = {
      port: readNumber('--port', values.port, 65_535),
      tls: readTls(values.tls),
      idleLimitMs: readNumber('--idle-limit', values['idle-limit'], 86_400) * 1000,
      roundTripMs: readNumber('--round-trip', values['round-trip'], 60_000),
      basePath: readBasePath(values['base-path']),
      switches: readSwitches(values.switch),
    };
    return { is: 'start', options, authorityFile: values.authority };
  } catch (error) {
    return { is: 'mistake', message: error instanceof Error ? error.message : String(error) };
  }
}

function readNumber(name: string, text: string, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= most) return number;
  throw new RangeError(`${name} takes a whole number from 0 to ${most}, not "${text}".`);
}

function readTls(name: string): Tls {
  const tls = Object.hasOwn(tlsNames, name) ? tlsNames[name] : undefined;
  if (tls) return tls;
  throw new RangeError(`--tls takes ${Object.keys(tlsNames).join(', ')}, not "${name}".`);
}

function readBasePath(path: string): string {
  if (/^(?:\/[\w.~-]+)*$/.test(path)) return path;
  throw new RangeError(
    `--base-path takes a path such as /fogbugz, without a slash at its end, not "${path}".`,
  );
}

function readSwitches(settings: readonly string[]): SwitchValues {
  let values = defaultSwitches();
  for (const setting of settings) {
    const equals = setting.indexOf('=');
    if (equals < 0) throw new RangeError(`--switch takes name=value, not "${setting}".`);
    values = withSwitch(values, setting.slice(0, equals), setting.slice(equals + 1));
  }
  return values;
}

function help(): string {
  const table = switchNames.map(
    name => `  ${name} = ${switches[name].values.join(' | ')}\n      ${switches[name].about}`,
  );
  return `A FogBugz on this machine. Every host name that leads to it is a site of its own.

  --port N            port on 127.0.0.1; 0 (default) takes a free one
  --tls off|http1|http2
  --authority FILE    writes the certificate authority's PEM there
  --idle-limit S      seconds after which an idle connection is closed (120, as IIS)
  --round-trip MS     simulates a network with this round trip (0)
  --base-path PATH    where the installation lives, such as /fogbugz
  --switch NAME=VALUE changes a switch; give it as often as needed
  --help

Switches, their defaults first:
${table.join('\n')}
`;
}
