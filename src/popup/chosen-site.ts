import { needsNoPermission, tidyAddress } from '../browser/addresses.ts';
import type { Face } from '../browser/face.ts';
import type { BadAddress } from '../ui/address-words.ts';
import { textOf } from '../ui/text-of.ts';

/** Which site a form is about, and why nothing can be sent there, if so. */
export type Chosen =
  | { readonly is: 'site'; readonly base: string }
  | BadAddress
  /** An own server that nobody has added yet: only the options page can ask for its permission in peace. */
  | { readonly is: 'not-added'; readonly base: string }
  | { readonly is: 'no-permission'; readonly base: string };

/** Which one the fields of a `SiteField` say. */
export function chosenIn(form: HTMLFormElement, face: Pick<Face, 'sites' | 'trouble'>): Chosen {
  return chosenSite({ site: textOf(form, 'site'), address: textOf(form, 'address') }, face);
}

/** `site` is one of the list; empty, the user typed an address. */
export function chosenSite(
  { site, address }: { readonly site: string; readonly address: string },
  { sites, trouble }: Pick<Face, 'sites' | 'trouble'>,
): Chosen {
  const outcome = site ? ({ is: 'address', base: site } as const) : tidyAddress(address);
  if (outcome.is !== 'address') return outcome;
  const { base } = outcome;
  if (trouble.some(one => one.is === 'no-permission' && one.site === base)) {
    return { is: 'no-permission', base };
  }
  const reachable = needsNoPermission(base) || sites.some(known => known.base === base);
  return { is: reachable ? 'site' : 'not-added', base };
}
