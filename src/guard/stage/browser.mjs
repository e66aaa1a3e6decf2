// A browser as far as the Guard can see one: a process that starts the host as its child, with pipes, and may die in
// any way. The test that started it talks to it over Node's channel.
import { spawn } from 'node:child_process';

const [program, ...args] = process.argv.slice(2);
const host = spawn(program, args, {
  // The fourth is Firefox's: it takes a host for running as long as somebody holds the other end.
  stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
});
const tell = message => process.connected && process.send(message);

host.stdout.on('data', bytes => tell({ is: 'reply', bytes: bytes.toString('base64') }));
host.stderr.on('data', bytes => tell({ is: 'error', text: String(bytes) }));
host.stdin.on('error', () => undefined);
host.stdio[3].resume().on('close', () => tell({ is: 'sentinel-closed' }));
host.on('exit', (status, signal) => tell({ is: 'host-exit', status, signal }));
process.on('message', ({ write, end }) => {
  if (write) host.stdin.write(Buffer.from(write, 'base64'));
  if (end === 'pipe') host.stdin.end();
  // As Chromium does: the pipe first, itself some 60 ms later.
  if (end === 'gracefully') {
    host.stdin.end();
    setTimeout(() => process.exit(0), 60);
  }
  // As Firefox does: it stays until the host is gone, and 100 ms more.
  if (end === 'after-host') {
    host.stdin.end();
    host.once('exit', () => setTimeout(() => process.exit(0), 100));
  }
});
// Whoever runs the tests may be gone: no browser, and no Guard, is left behind.
process.on('disconnect', () => process.exit(0));
tell({ is: 'started', pid: process.pid, host: host.pid });
