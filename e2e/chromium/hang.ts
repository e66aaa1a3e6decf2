/**
 * What runs in the worker to make every extension API call hang, as in a closing browser. Left alone are events,
 * what never leaves the worker's process (`getURL`, `getManifest`, `i18n`), and the ports: they answer at once,
 * in a closing browser too. The polyfill looks functions up at each call, so both it and `chrome` are hit.
 */
export const hangEveryCall = `
  const local = new Set(['getURL', 'getManifest', 'getMessage', 'getUILanguage', 'connect', 'connectNative']);
  const seen = new Set();
  const hang = (owner) => {
    if (seen.has(owner)) return;
    seen.add(owner);
    for (let level = owner; level && level !== Object.prototype; level = Object.getPrototypeOf(level)) {
      for (const name of Object.getOwnPropertyNames(level)) {
        if (name === 'constructor' || local.has(name)) continue;
        let value;
        try {
          value = owner[name];
        } catch {
          continue;
        }
        if (typeof value === 'function') {
          Object.defineProperty(owner, name, { value: () => new Promise(() => {}), configurable: true, writable: true });
        } else if (value && typeof value === 'object' && typeof value.addListener !== 'function') {
          hang(value);
        }
      }
    }
  };
  for (const api of [globalThis.chrome, globalThis.browser]) if (api) hang(api);
`;
