import type { BrowserName } from '../e2e/browser.ts';

/** How the browser is brought to its end. */
export type Exit =
  | 'window button'
  | 'Ctrl+W'
  | 'quit'
  | 'SIGINT'
  | 'SIGTERM'
  | 'SIGKILL'
  | 'SIGKILL to the process group';

/** What is no end of a browser, or one that finds no server. */
export const turns = [
  'worker crash',
  'reload of the extension',
  'update of the extension',
  'extension disabled',
  'extension removed',
  'no network at the close, back later',
  'server down at the close, up later',
  'browser started again while the Guard retries',
] as const;
export type Turn = (typeof turns)[number];

export function isTurn(ending: Exit | Turn): ending is Turn {
  return turns.some(turn => turn === ending);
}

/** What is measured as often as it says, each time with a browser and tokens of its own. */
export type Cell = {
  readonly browser: BrowserName;
  readonly table: TableName;
  readonly guard: 'on' | 'off';
  readonly ending: Exit | Turn;
  /** `asleep`: put to death over the browser's own protocol, so that the end itself has to wake it. */
  readonly worker: 'awake' | 'asleep';
  readonly line: 'warm' | 'cold';
  readonly roundTripMs: number;
  readonly sessions: number;
  /** One at each of several sites, or all at one site, each in a container of its own. */
  readonly at: 'sites' | 'containers';
  readonly tries: number;
};

/** Each stands between marks of its own in `docs/exits.md`. The extra one comes last: there the time may be over. */
export const tableNames = ['guard', 'cross', 'turns', 'closing'] as const;
export type TableName = (typeof tableNames)[number];

const closing: Record<BrowserName, readonly Exit[]> = {
  chromium: ['window button', 'Ctrl+W', 'SIGINT', 'quit', 'SIGTERM'],
  firefox: ['window button', 'Ctrl+W', 'quit', 'SIGTERM'],
};
const hopeless: readonly Exit[] = ['SIGTERM'];
const main: readonly Exit[] = ['window button', 'Ctrl+W', 'SIGTERM', 'SIGKILL'];
const rest: readonly Exit[] = ['quit', 'SIGINT', 'SIGKILL to the process group'];

export function cellsOf(browser: BrowserName, table: TableName): readonly Cell[] {
  const usual = {
    browser,
    table,
    guard: table === 'guard' ? 'on' : 'off',
    ending: 'window button',
    worker: 'awake',
    // With a Guard nothing is kept warm, and its own connection is long closed by the time that somebody ends the browser.
    line: table === 'guard' ? 'cold' : 'warm',
    sessions: 1,
    at: 'sites',
  } as const;
  switch (table) {
    case 'closing':
      return [
        ...closing[browser].flatMap(ending =>
          [0, 150].map(
            (roundTripMs): Cell => ({
              ...usual,
              ending,
              roundTripMs,
              tries: hopeless.includes(ending) ? 3 : 10,
            }),
          ),
        ),
        ...[3, 10, 100].flatMap(sessions =>
          [0, 150].map(
            (roundTripMs): Cell => ({ ...usual, roundTripMs, sessions, tries: sessions > 10 ? 1 : 3 }),
          ),
        ),
        ...(browser === 'firefox' ? [0, 150] : []).map(
          (roundTripMs): Cell => ({ ...usual, roundTripMs, sessions: 3, at: 'containers', tries: 5 }),
        ),
        ...[0, 20, 150].map((roundTripMs): Cell => ({ ...usual, line: 'cold', roundTripMs, tries: 5 })),
      ];
    case 'cross':
    case 'guard':
      return [
        ...(['awake', 'asleep'] as const).flatMap(worker =>
          main.flatMap(ending =>
            [0, 80, 300].map(
              (roundTripMs): Cell => ({
                ...usual,
                ending,
                worker,
                roundTripMs,
                // What the Guard promises, at the usual distance.
                tries: table === 'guard' && worker === 'awake' && roundTripMs === 80 ? 20 : 5,
              }),
            ),
          ),
        ),
        ...rest.map((ending): Cell => ({ ...usual, ending, roundTripMs: 80, tries: 3 })),
      ];
    case 'turns':
      return (['on', 'off'] as const).flatMap(guard =>
        turns
          .filter(turn => isPossible(turn, guard))
          .map((ending): Cell => ({ ...usual, guard, ending, roundTripMs: 80, tries: 3 })),
      );
    default:
      return table satisfies never;
  }
}

function isPossible(turn: Turn, guard: Cell['guard']): boolean {
  return turn !== 'browser started again while the Guard retries' || guard === 'on';
}
