import type { CookieIdentity } from '../session/session.ts';
import type { WindowKind } from './commands.ts';
import { isFirefox } from './vendor.ts';

/** Ids of the stores of private windows, as both browsers name them. Firefox: containers have others. */
const privateStores: readonly string[] = ['1', 'firefox-private'];

/** The store of the windows of a kind, containers apart. */
export const storeOf = (kind: WindowKind): string =>
  isFirefox
    ? { ordinary: 'firefox-default', private: 'firefox-private' }[kind]
    : { ordinary: '0', private: '1' }[kind];

export const isPrivateStore = (storeId: string): boolean => privateStores.includes(storeId);

/** Whether requests of the extension itself use the store that the cookie is in: not that of a container, say. */
export const isOwnStore = ({ storeId, partition }: CookieIdentity): boolean =>
  partition === '' && ['0', 'firefox-default'].includes(storeId);

/** Firefox's containers; Chromium has none. */
export const isContainer = ({ storeId }: CookieIdentity): boolean => storeId.startsWith('firefox-container-');
