import type { Session } from '../session/session.ts';
import { type Look, lookOf } from './toolbar.ts';

/** Keeps the toolbar button true, and counts the seconds on it while a session is counting down. */
export function createPainter(
  sessions: () => Iterable<Session>,
  /** Sites that the extension is kept out of. */
  missing: () => ReadonlySet<string>,
  now: () => number,
  paint: (...look: [Look['icon'], Look['badge'], Look['tooltip']]) => Promise<void>,
) {
  let shown = '';
  let timer: ReturnType<typeof setInterval> | undefined;

  const draw = (): void => {
    const look = lookOf([...sessions()], missing(), now());
    const drawing = JSON.stringify(look);
    if (drawing === shown) return;
    shown = drawing;
    void paint(look.icon, look.badge, look.tooltip).catch((error: unknown) => {
      shown = '';
      console.error('The toolbar button could not be drawn', error);
    });
  };

  return {
    changed(): void {
      const counting = [...sessions()].some(({ state }) => state.is === 'counting-down');
      if (counting && timer === undefined) timer = setInterval(draw, 1000);
      if (!counting) {
        clearInterval(timer);
        timer = undefined;
      }
      draw();
    },
  };
}
