import { expect } from 'vitest';
import type { Fault } from '../../sandbox/faults.ts';
import type { Play } from '../playbill.ts';
import { pageOf, type Stage } from '../stage.ts';
import { until } from '../until.ts';
import { noGrace } from './last-tab.ts';

const faults: readonly (readonly [what: string, fault: Fault])[] = [
  ['an error', { is: 'status', status: 503 }],
  ['a page in the place of the answer', { is: 'html' }],
  ['half an answer', { is: 'cut' }],
  ['a connection that is cut', { is: 'reset' }],
  ['no answer at all', { is: 'hang' }],
];

/** What is asked of a server in a session's life, in this order. Each one has a site of its own, which fails just there. */
const phases = {
  where: [{ command: 'viewPerson', token: 'without' }, { command: 'discovery' }],
  whose: [{ command: 'viewPerson', token: 'with' }],
  'log-off': [{ command: 'logoff' }],
  proof: [{ command: 'logon' }],
} as const;
type Phase = keyof typeof phases;
const phaseNames = ['where', 'whose', 'log-off', 'proof'] as const satisfies readonly Phase[];

/** Servers that fail in every phase of a session's life. */
export function everyPhase(play: Play): void {
  for (const [what, fault] of faults) {
    play(`ends logged off and confirmed, though a phase of the session met ${what}`, async stage => {
      await noGrace(stage);
      const sites: Failing[] = [];
      for (const dialect of ['json', 'xml'] as const)
        for (const phase of phaseNames) sites.push(await failing(stage, { dialect, phase, fault }));
      const at = (phase: Phase) => sites.filter(one => one.phase === phase);

      for (const one of [...at('where'), ...at('whose')]) await one.met();
      for (const one of at('whose')) one.mend();
      for (const { tab, met, state, line, mend } of at('proof')) {
        await tab.close();
        await met();
        expect(await state()).toBe('answered');
        expect(await line()).toMatchObject({ outcome: 'logged-off', confirmed: false });
        // Before the proof is given up: a log-off that was answered is asked about four times.
        mend();
      }

      for (const { tab, phase } of sites) if (phase !== 'proof') await tab.close();
      for (const { isPutOff, mend, token } of at('where')) {
        await until('a log-off to be put off', isPutOff);
        // Nobody knows where to send it.
        expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
        mend();
      }
      for (const { isPutOff, mend, token } of at('log-off')) {
        await until('a log-off to be put off', isPutOff);
        // Half an answer tells nobody that the server has done what it was asked.
        expect(stage.life(token).diedAt !== undefined).toBe(fault.is === 'cut');
        mend();
      }
      for (const { token, dialect } of sites)
        expect(await stage.dead(token)).toMatchObject({ diedBy: dialect });
      await until('all to be confirmed', async () => (await stage.sessions()).length === 0, { ms: 60_000 });
      for (const { line, phase } of sites) {
        const outcome = phase === 'log-off' && fault.is === 'cut' ? 'already-off' : 'logged-off';
        expect(await line()).toMatchObject({ outcome, confirmed: true });
      }
      expect(await stage.history()).toHaveLength(sites.length);
    });
  }
}

type Failing = Awaited<ReturnType<typeof failing>>;
type Failure = { readonly dialect: 'json' | 'xml'; readonly phase: Phase; readonly fault: Fault };

/** Logs on at a site of its own, whose server fails in one phase until it is mended. */
async function failing(stage: Stage, { dialect, phase, fault }: Failure) {
  const { sandbox } = stage;
  const site = `${phase}-${dialect}`;
  const host = `${site}.fogbugz.com`;
  const faultsOf = phases[phase].map(at => sandbox.fault({ ...fault, ...at, host }));
  if (dialect === 'xml') sandbox.fault({ is: 'no-json', host });
  const { tab, token } = await stage.logOnPage(site);
  const own = async () => (await stage.sessions()).find(one => one.site === pageOf(site));
  await until(`the session at ${site}`, own);
  const isMet = () =>
    sandbox.requests().some(one => one.host === host && one.outcome === `fault: ${fault.is}`);
  return {
    dialect,
    phase,
    tab,
    token,
    mend: (): void => {
      for (const end of faultsOf) end();
    },
    /** Waits until a request of the phase has met the fault. */
    met: () => until(`the fault of ${site}`, isMet),
    state: async () => (await own())?.state.is,
    /** Whether its log-off has come to nothing, and is to be tried again. */
    isPutOff: async () => {
      const state = (await own())?.state;
      return state?.is === 'owed' && JSON.stringify(state).includes('"waiting"');
    },
    line: async () => (await stage.history()).find(one => one.site === pageOf(site)),
  };
}
