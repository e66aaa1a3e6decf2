import { parseAddress } from '../fogbugz/address.ts';
import { defaultSettings, type Managed, otherNames, type Rules, without } from '../session/settings.ts';
import { readFields, type Stored } from './records.ts';

/** What an administrator has set, as far as it can be read. */
export type Policy = Part & {
  /** As it came from the browser. */
  readonly stored: Stored;
};

type Part = {
  readonly settings: Managed;
  /** The names of what can't: `idleMinutes`, `ownSites: nonsense`, `exceptions: https://…/: lock`. */
  readonly unreadable: readonly string[];
};

const flags: ReadonlySet<string> = new Set(
  Object.entries(defaultSettings).flatMap(([name, value]) => (typeof value === 'boolean' ? [name] : [])),
);

/** The copy of it on the disk. */
export function readPolicyCopy({ policy }: Stored): Policy {
  return readPolicy(isRecord(policy) ? policy : {});
}

/** One by one, so that a slip in one setting leaves the others in force. */
export function readPolicy(stored: Stored): Policy {
  const { ownSites, exceptions, ...simple } = stored;
  const { read, unreadable, unknown } = readFields(withFlags(simple));
  const sites = readSites(ownSites);
  const rules = readExceptions(exceptions);
  return {
    stored,
    settings: { ...read, ...sites.settings, ...rules.settings },
    unreadable: [...unreadable, ...unknown, ...sites.unreadable, ...rules.unreadable],
  };
}

function readSites(raw: unknown): Part {
  if (raw === undefined) return { settings: {}, unreadable: [] };
  if (!Array.isArray(raw)) return { settings: {}, unreadable: ['ownSites'] };
  const list: readonly unknown[] = raw;
  const found = list.map(one => ({ base: baseOf(one), name: `ownSites: ${withoutName(String(one))}` }));
  return {
    settings: { ownSites: [...new Set(found.flatMap(({ base }) => base ?? []))] },
    unreadable: found.flatMap(({ base, name }) => (base === undefined ? [name] : [])),
  };
}

function readExceptions(raw: unknown): Part {
  if (raw === undefined) return { settings: {}, unreadable: [] };
  if (!isRecord(raw)) return { settings: {}, unreadable: ['exceptions'] };
  const exceptions: Record<string, Partial<Rules>> = {};
  const unreadable: string[] = [];
  for (const [address, value] of Object.entries(raw)) {
    const name = `exceptions: ${withoutName(address)}`;
    const base = baseOf(address);
    if (base === undefined || !isRecord(value)) {
      unreadable.push(name);
      continue;
    }
    const fields = readFields(withFlags(value));
    // What is no rule of a site is none of an exception's business.
    const rules = without(fields.read, ['ownSites', 'exceptions', ...otherNames]);
    const foreign = otherNames.filter(one => Object.hasOwn(value, one));
    exceptions[base] = { ...exceptions[base], ...rules };
    unreadable.push(...[...fields.unreadable, ...fields.unknown, ...foreign].map(one => `${name}: ${one}`));
  }
  return { settings: { exceptions }, unreadable };
}

/** As an address is tidied when a user adds it. */
function baseOf(address: unknown): string | undefined {
  const parsed = typeof address === 'string' ? parseAddress(address) : undefined;
  return parsed?.is === 'address' && !parsed.base.includes('*') ? parsed.base : undefined;
}

/** A slip is shown and logged; a password in it is neither's business. */
function withoutName(address: string): string {
  return address.replace(/\/\/[^/]*@/, '//…@');
}

/** Windows' registry has numbers for yes and no. */
function withFlags(raw: Stored): Stored {
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) =>
      flags.has(name) && (value === 0 || value === 1) ? [name, value === 1] : [name, value],
    ),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
