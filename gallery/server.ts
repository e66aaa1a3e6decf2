import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

type Gallery = {
  /** Such as `http://127.0.0.1:1234/`. */
  readonly url: string;
  close(): Promise<void>;
};

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

/** Builds the gallery as the extension is built, in memory, and serves it on this machine. */
export async function openGallery(): Promise<Gallery> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const built = await build({
    root,
    configFile: `${root}vite.gallery.config.ts`,
    logLevel: 'warn',
    build: { write: false },
  });
  const files = new Map(
    [built]
      .flat()
      .flatMap(one => ('output' in one ? one.output : []))
      .map(file => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  );
  const server = createServer(({ url = '/' }, reply) => {
    const { pathname } = new URL(url, 'http://127.0.0.1');
    const body = files.get(pathname);
    const type = types[pathname.split('.').at(-1) ?? ''];
    if (body === undefined || type === undefined) reply.writeHead(404).end();
    else reply.writeHead(200, { 'content-type': type }).end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('A server without a port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
