import { type AddressOutcome, isOnDemand, parseAddress } from '../fogbugz/address.ts';
import { givenServers } from './given-servers.ts';

/** Tidies what a person typed into the base of a site, for the pages; asks nobody. */
export const tidyAddress = (text: string): AddressOutcome => parseAddress(text);

/** Whether the extension was let into a site at its installation. */
export const needsNoPermission = (base: string): boolean =>
  isOnDemand(new URL(base).hostname) || givenServers.includes(base);
