import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { until } from '../../../e2e/until.ts';
import { createPort, type Port, portEvent } from './port.ts';

const script = fileURLToPath(new URL('browser.mjs', import.meta.url));

const event = v.variant('is', [
  v.object({ is: v.literal('started'), pid: v.number() }),
  v.object({ is: v.literal('connected'), port: v.number(), host: v.number() }),
  portEvent,
]);

/** A browser, seen from the extensions inside it and from the hand that kills it. */
export type FakeBrowser = {
  readonly pid: number;
  /** Starts a host, as `runtime.connectNative` does. */
  readonly connect: (host: readonly string[]) => Promise<Port>;
  readonly kill: () => void;
  /** Ends as the browser of that name does when its user closes it. */
  readonly end: (like: 'chromium' | 'firefox') => void;
  /** For the end of the test, whatever became of the browser. */
  readonly stop: () => void;
};

/** `unreaped`: its own parent never asks what became of it, so that it stays a zombie when it dies. */
export async function startFakeBrowser(
  env: NodeJS.ProcessEnv,
  parent: 'reaped' | 'unreaped',
): Promise<FakeBrowser> {
  const [command, args] =
    parent === 'reaped'
      ? [process.execPath, [script]]
      : ['sh', ['-c', '"$0" "$@" & exec sleep 600', process.execPath, script]];
  const child = spawn(command, args, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ports: ReturnType<typeof createPort>[] = [];
  let pid: number | undefined;

  child.on('error', () => undefined); // a message to one that is dead
  child.on('message', message => {
    const told = v.parse(event, message);
    if (told.is === 'started') pid = told.pid;
    else if (told.is === 'connected') {
      ports[told.port] = createPort(told.host, wish => void child.send({ ...wish, port: told.port }));
    } else ports[told.port]?.hear(told);
  });

  const started = await until('the browser to start', () => pid);
  return {
    pid: started,
    async connect(host) {
      const next = ports.length;
      child.send({ do: 'connect', host });
      return (await until('the host to start', () => ports[next])).port;
    },
    kill: () => void process.kill(started, 'SIGKILL'),
    end: like => void child.send({ do: 'end', like }),
    stop: () => void child.kill('SIGKILL'),
  };
}
