import { request } from 'node:https';

let read = Buffer.alloc(0);
process.stdin.on('data', chunk => {
  read = Buffer.concat([read, chunk]);
});
process.stdin.on('end', () => {
  const body = JSON.stringify({
    cmd: 'logoff',
    token: JSON.parse(read.subarray(4, 4 + read.readUInt32LE()).toString()),
  });
  const headers = {
    Host: 'acme.fogbugz.com',
    'Content-Type': 'application/json',
    'Content-Length': body.length,
  };
  const to = {
    host: '127.0.0.1',
    port: process.env.BENCH_PORT,
    servername: 'acme.fogbugz.com',
    method: 'POST',
  };
  request({ ...to, path: '/f/api/0/jsonapi', headers }).end(body);
});
