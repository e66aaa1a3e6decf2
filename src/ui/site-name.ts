/** A site as people call it: the host, and the path if FogBugz does not live at its root. */
export function siteName(base: string): string {
  if (!URL.canParse(base)) return base;
  const { host, pathname } = new URL(base);
  return host + pathname.replace(/\/$/, '');
}
