import type { CookieIdentity } from '../session/session.ts';

/** Ids of the stores of private windows, as both browsers name them. Firefox: containers have others. */
const privateStores: readonly string[] = ['1', 'firefox-private'];

export const isPrivateStore = (storeId: string): boolean => privateStores.includes(storeId);

/** Whether requests of the extension itself use the store that the cookie is in: not that of a container, say. */
export const isOwnStore = ({ storeId, partition }: CookieIdentity): boolean =>
  partition === '' && ['0', 'firefox-default'].includes(storeId);

/** Firefox's containers; Chromium has none. */
export const isContainer = ({ storeId }: CookieIdentity): boolean => storeId.startsWith('firefox-container-');
