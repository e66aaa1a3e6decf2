/** A small site behind TLS for trying the driver. */
import { once } from 'node:events';
import { createServer } from 'node:https';
import { makeCertificate } from '../../sandbox/certificate.ts';

export type TestSite = {
  readonly port: number;
  readonly authority: string;
  /** Each request that came, such as `GET /first`. */
  readonly requests: readonly string[];
  close(): Promise<void>;
};

export async function startSite(): Promise<TestSite> {
  const { authority, certificate, key } = await makeCertificate();
  const requests: string[] = [];
  const server = createServer({ key, cert: certificate }, (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>Page</title><p>page ${request.url}</p><input>
      <button onclick="document.title = document.querySelector('input').value">Go</button>
      <form action="/sent" method="post"><button id="send">Send</button></form>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The site has no port');
  return {
    port: address.port,
    authority,
    requests,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
