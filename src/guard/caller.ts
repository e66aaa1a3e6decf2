export type Caller = {
  readonly family: 'chromium' | 'firefox';
  /** The extension's id. */
  readonly id: string;
};

/**
 * Who started the host, from the arguments that the browser gives it: Chromium the origin of the extension (and, on
 * Windows, a window's number), Firefox the path of the host manifest and the extension's id.
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_messaging#exchanging_messages
 */
export function callerOf(args: readonly string[]): Caller | undefined {
  const [first = '', second] = args;
  const origin = /^chrome-extension:\/\/([a-p]{32})\/?$/.exec(first)?.[1];
  if (origin !== undefined) return { family: 'chromium', id: origin };
  return first.endsWith('.json') && second ? { family: 'firefox', id: second } : undefined;
}
