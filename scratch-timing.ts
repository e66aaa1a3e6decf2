import { startDisplay } from './e2e/display.ts';
import { setStage } from './e2e/stage.ts';
import { makeCertificate } from './sandbox/certificate.ts';
import { setTimeout as wait } from 'node:timers/promises';
const name = process.argv[2] as 'firefox';
const d = await startDisplay();
const c = await makeCertificate();
for (const [rt, tls] of [[0,'http/1.1'],[80,'http/1.1'],[0,'http/2']] as const) {
  const stage = await setStage(name, { display: d.name, certificate: c, sandbox: { roundTripMs: rt, idleLimitMs: 3000, tls } });
  try {
    const ask = () => stage.browser.inWorker(`
      const from = performance.now();
      const url = 'https://acme.fogbugz.com/api.xml';
      const r = await fetch(url, {credentials:'omit', redirect:'error', cache:'no-store', referrerPolicy:'no-referrer'});
      await r.text();
      const list = performance.getEntriesByName(url,'resource');
      const e = list.at(-1)?.toJSON();
      if (!e) return {none: true};
      const o = {n: list.length, late: e.startTime >= from};
      for (const k of ['fetchStart','domainLookupStart','domainLookupEnd','connectStart','secureConnectionStart','connectEnd','requestStart','responseStart','responseEnd']) o[k] = e[k] ? +(e[k]-e.startTime).toFixed(2) : e[k];
      o.proto = e.nextHopProtocol;
      return o;`);
    for (let i=0;i<10;i++) {
      const o = await ask();
      console.log(rt, tls, JSON.stringify(o), stage.sandbox.requests().at(-1)?.reused);
      await wait(i===4||i===7 ? 4000 : 200);
    }
  } finally { await stage.strike(); }
}
await d.stop(); process.exit(0);
