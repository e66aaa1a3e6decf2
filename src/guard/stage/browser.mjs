// A browser as far as the Guard can see one: a process that starts hosts as its children, with pipes, and may die in
// any way. The test that started it talks to it over Node's channel.
import { spawn } from 'node:child_process';

const hosts = [];
const tell = message => process.connected && process.send(message);

function start([program, ...args]) {
  const port = hosts.length;
  const host = spawn(program, args, {
    // The fourth is Firefox's: it takes a host for running as long as somebody holds the other end.
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  hosts.push(host);
  host.stdout.on('data', bytes => tell({ is: 'reply', port, bytes: bytes.toString('base64') }));
  host.stderr.on('data', bytes => tell({ is: 'error', port, text: String(bytes) }));
  host.stdin.on('error', () => undefined);
  host.stdio[3].resume().on('close', () => tell({ is: 'sentinel-closed', port }));
  host.on('exit', (status, signal) => tell({ is: 'host-exit', port, status, signal }));
  tell({ is: 'connected', port, host: host.pid });
}

process.on('message', message => {
  if (message.do === 'connect') start(message.host);
  if (message.do === 'write') hosts[message.port].stdin.write(Buffer.from(message.bytes, 'base64'));
  if (message.do === 'disconnect') hosts[message.port].stdin.end();
  if (message.do === 'end') {
    for (const { stdin } of hosts) stdin.end();
    // Chromium lives some 60 ms longer than its pipes; Firefox until its host is gone, and some more.
    if (message.like === 'chromium') setTimeout(() => process.exit(0), 60);
    else hosts[0].once('exit', () => setTimeout(() => process.exit(0), 100));
  }
});
// Whoever runs the tests may be gone: no browser, and no Guard, is left behind.
process.on('disconnect', () => process.exit(0));
tell({ is: 'started', pid: process.pid });
