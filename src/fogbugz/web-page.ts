import type { Site } from './site.ts';

/** Where the pages log off: as clients do it, and as FogBugz documents its SAML logout URL. */
export function pageLogOffUrl({ base }: Pick<Site, 'base'>): string {
  return `${base}default.asp?pre=preLogOff`;
}

/** What a page says about whoever asked for it. */
export type PageReading =
  /** It asks to log on. */
  | 'logged-off'
  /** It shows something else; for all one can tell from it alone, that may be a page for everybody. */
  | 'something'
  /** An error, or not a page. */
  | 'nothing';

/** Reads a page's answer: its final address after redirects, its HTTP status, its text. */
export function readPage({ url, status, text }: PageReply): PageReading {
  const { pathname, search } = new URL(url);
  // `[^<>]`, not `[^>]`: else a server could send a mebibyte of `<input`, each of which would be looked at to its end.
  const isLogOnAddress = /\/login\/?$/i.test(pathname) || /[?&]pre=preLogon\b/i.test(search);
  if (isLogOnAddress || /<input[^<>]+name=["']?sPassword\b/i.test(text)) return 'logged-off';
  return status >= 200 && status < 300 && text.trim() !== '' ? 'something' : 'nothing';
}

export type PageReply = { readonly url: string; readonly status: number; readonly text: string };

/** What a log-off page that wants more than a GET wants with its POST, url-encoded; nobody documents it. */
export function pageLogOffForm(text: string): string {
  const field = /<input[^<>]+name=["']?__RequestVerificationToken\b[^<>]*>/i.exec(text)?.[0];
  const value = field && /\bvalue=["']?([\w+/=.-]+)/i.exec(field)?.[1];
  return new URLSearchParams(value ? { __RequestVerificationToken: value } : {}).toString();
}
