/**
 * A screen of its own for one test file: an X server in memory with a window manager on it, and the hands
 * of a user in front of it (real X events).
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { until } from './until.ts';

const run = promisify(execFile);

type XWindow = {
  readonly id: string;
  readonly pid: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
};

/** What a user can do at a display, whoever started it. With a pid, the front window of that process is meant. */
export type Screen = {
  /** The X display, such as `:99`. */
  readonly name: string;
  /** This process's environment with `DISPLAY` set. */
  readonly env: NodeJS.ProcessEnv;
  /** Presses keys, such as `ctrl+w`; several combinations may be separated by spaces. */
  press(keys: string, pid?: number): Promise<void>;
  /** Writes text into whatever has the focus. */
  type(text: string, pid?: number): Promise<void>;
  /** Clicks at a point of the screen, in pixels. */
  click(x: number, y: number, button?: 'left' | 'right'): Promise<void>;
  /** Clicks at a point of a window, in pixels from its upper left corner. */
  clickIn(id: string, x: number, y: number): Promise<void>;
  /** Closes the front window of a process as the window manager's close button does. Does not wait for the end. */
  closeWindow(pid: number): Promise<void>;
  /** The windows in stacking order, the front one last. */
  windows(): Promise<readonly XWindow[]>;
  /** The ids of all that a process shows, menus included. */
  shown(pid: number): Promise<readonly string[]>;
  /** How high one of these is, in pixels; 0 if it is gone. */
  heightOf(id: string): Promise<number>;
  /** Waits for a window of the process and gives the front one. */
  frontWindow(pid: number): Promise<XWindow>;
  /** Brings the front window of a process before those of others and gives it the keyboard. */
  focus(pid: number): Promise<XWindow>;
  /** Moves the mouse a bit, so that somebody is there. */
  stir(): Promise<void>;
  /** Covers the screen with the X server's saver, as a desktop's lock does; any input uncovers it. */
  lock(): Promise<void>;
  unlock(): Promise<void>;
  /** Writes the whole screen into a PNG file. */
  screenshot(file: string): Promise<void>;
};

export type Display = Screen & {
  /** Ends the window manager and the X server. */
  stop(): Promise<void>;
};

/** Starts Xvfb with openbox on a free display number. Everything ends with this process at the latest. */
export async function startDisplay(size = '1280x900'): Promise<Display> {
  const server = spawn(
    'Xvfb',
    // Without a screen saver that comes by itself: for Chromium the screen is locked then
    ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-noreset', '-s', '0'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  const forgetServer = endWithUs(server);
  const screen = screenOf(`:${await displayNumber(server)}`);
  const manager = spawn('openbox', ['--sm-disable'], { env: screen.env, stdio: 'ignore' });
  const forgetManager = endWithUs(manager);
  const stop = async () => {
    await end(manager);
    await end(server);
    forgetManager();
    forgetServer();
  };
  try {
    await until('a window manager on the display', () =>
      run('wmctrl', ['-m'], { env: screen.env }).then(
        () => true,
        () => false,
      ),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...screen, stop };
}

/** The hands at a display that runs already, such as the `display` of `LaunchOptions`. */
export function screenOf(name: string): Screen {
  const env = { ...process.env, DISPLAY: name };
  const windows = () => listWindows(env);
  const findFront = async (pid: number) => (await windows()).findLast(window => window.pid === pid);
  const frontWindow = (pid: number) => until(`a window of process ${pid}`, () => findFront(pid));
  const focus = async (pid: number) => {
    const window = await frontWindow(pid);
    await until(`the focus on window ${window.id} of process ${pid}`, async () => {
      if (await isActive(window.id, env)) return true;
      await run('wmctrl', ['-i', '-a', window.id], { env });
      return false;
    });
    return window;
  };

  return {
    name,
    env,
    windows,
    frontWindow,
    focus,
    async press(keys, pid) {
      if (pid !== undefined) await focus(pid);
      await run('xdotool', ['key', '--clearmodifiers', ...keys.split(' ')], { env });
    },
    async type(text, pid) {
      if (pid !== undefined) await focus(pid);
      await run('xdotool', ['type', '--delay', '5', '--', text], { env });
    },
    async click(x, y, button = 'left') {
      const number = button === 'left' ? '1' : '3';
      await run('xdotool', ['mousemove', String(x), String(y), 'click', number], { env });
    },
    async clickIn(id, x, y) {
      await run('xdotool', ['mousemove', '--window', id, String(x), String(y), 'click', '1'], { env });
    },
    async closeWindow(pid) {
      const { id } = await frontWindow(pid);
      await run('wmctrl', ['-i', '-c', id], { env });
    },
    async shown(pid) {
      // exits with 1 when there is none
      const search = await run('xdotool', ['search', '--onlyvisible', '--pid', String(pid)], { env }).catch(
        () => ({ stdout: '' }),
      );
      return search.stdout.split('\n').filter(Boolean);
    },
    async heightOf(id) {
      const geometry = await run('xdotool', ['getwindowgeometry', '--shell', id], { env }).catch(() => ({
        stdout: '',
      }));
      return Number(/^HEIGHT=(\d+)$/m.exec(geometry.stdout)?.[1] ?? 0);
    },
    async stir() {
      await run('xdotool', ['mousemove_relative', '1', '1', 'mousemove_relative', '--', '-1', '-1'], { env });
    },
    async lock() {
      await run('xset', ['s', 'activate'], { env });
    },
    async unlock() {
      await run('xset', ['s', 'reset'], { env });
    },
    async screenshot(file) {
      await run('import', ['-window', 'root', file], { env });
    },
  };
}

async function listWindows(env: NodeJS.ProcessEnv): Promise<readonly XWindow[]> {
  const [list, stacking] = await Promise.all([
    run('wmctrl', ['-l', '-p', '-G'], { env }),
    run('xprop', ['-root', '_NET_CLIENT_LIST_STACKING'], { env }),
  ]);
  const order = [...stacking.stdout.matchAll(/0x[0-9a-f]+/g)].map(([id]) => Number.parseInt(id, 16));
  return list.stdout
    .split('\n')
    .flatMap(line => {
      const match = /^(0x[0-9a-f]+)\s+-?\d+\s+(\d+)\s+(-?\d+)\s+(-?\d+)\s+(\d+)\s+(\d+)\s+\S+\s?(.*)$/.exec(
        line,
      );
      if (!match) return [];
      const [, id = '', pid, x, y, width, height, title = ''] = match;
      return [
        {
          id,
          pid: Number(pid),
          x: Number(x),
          y: Number(y),
          width: Number(width),
          height: Number(height),
          title,
        },
      ];
    })
    .sort((a, b) => order.indexOf(Number.parseInt(a.id, 16)) - order.indexOf(Number.parseInt(b.id, 16)));
}

async function isActive(id: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const active = await run('xdotool', ['getactivewindow'], { env }).then(
    ({ stdout }) => Number(stdout),
    () => 0,
  );
  return active === Number.parseInt(id, 16);
}

async function displayNumber(server: ChildProcess): Promise<number> {
  let text = '';
  let trouble = '';
  server.stdio[3]?.on('data', data => {
    text += String(data);
  });
  server.once('error', error => {
    trouble = error.message;
  });
  await until('the display number of Xvfb', () => {
    if (trouble || server.exitCode !== null)
      throw new Error(`Xvfb did not start: ${trouble || server.exitCode}`);
    return text.endsWith('\n');
  });
  return Number(text);
}

function endWithUs(child: ChildProcess): () => void {
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  return () => process.off('exit', kill);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const slow = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await once(child, 'exit');
  clearTimeout(slow);
}
