/**
 * A body to run in the extension's background page. In a browser that is closing, calls of the extension API do not
 * come back, while events still arrive and what needs no other process still answers: the same is made here.
 */
export const hangBrowserCalls = `
  const local = new Set(['getURL', 'getManifest', 'getMessage', 'getUILanguage', 'connect', 'connectNative']);
  const never = () => new Promise(() => {});
  const hang = (api, depth) => {
    for (const name of Object.keys(api)) {
      let member;
      try {
        member = api[name];
      } catch {
        continue; // an API that is not granted
      }
      if (typeof member === 'function' && !local.has(name)) {
        Object.defineProperty(api, name, { value: never, configurable: true, writable: true, enumerable: true });
      } else if (member !== null && typeof member === 'object' && !('addListener' in member) && depth < 4) {
        hang(member, depth + 1);
      }
    }
  };
  for (const root of [globalThis.browser, globalThis.chrome]) hang(root, 0);`;
