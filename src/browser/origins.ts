/**
 * What is asked for to reach a site. Both schemes, because Chromium hides a cookie that is not `Secure` from a
 * permission for https alone; no port, because Firefox knows none here, and cookies don't either.
 */
export const originsOf = (base: string): string[] => [`*://${new URL(base).hostname}/*`];
