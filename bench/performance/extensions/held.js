// Hands the token to a host, and does nothing else.
const api = globalThis.browser ?? chrome;
const port = api.runtime.connectNative('bench_host');

api.cookies.onChanged.addListener(({ removed, cookie }) => {
  if (!removed && cookie.name === 'fbToken') port.postMessage(cookie.value);
});
