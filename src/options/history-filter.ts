import type { Trigger } from '../session/session.ts';
import type { HistoryEntry } from '../session/view.ts';
import { outcomeWords, reasonWords } from '../ui/history-words.ts';
import type { Say } from '../ui/language.ts';
import { siteName } from '../ui/site-name.ts';

/** What to show of the history; a field that is empty narrows nothing. */
export type HistoryFilter = {
  readonly site: string;
  readonly trigger: Trigger | '';
  readonly outcome: HistoryEntry['outcome'] | '';
  /** Words that all have to stand somewhere in the line. */
  readonly text: string;
};

export const noFilter: HistoryFilter = { site: '', trigger: '', outcome: '', text: '' };

export function isNarrow(filter: HistoryFilter): boolean {
  return filter.site !== '' || filter.trigger !== '' || filter.outcome !== '' || filter.text.trim() !== '';
}

/** The lines that the filter lets through, in their order. The text is looked for in what the user reads. */
export function filterHistory(
  history: readonly HistoryEntry[],
  filter: HistoryFilter,
  say: Say,
): readonly HistoryEntry[] {
  const { site, trigger, outcome } = filter;
  const words = folded(filter.text).split(/\s+/).filter(Boolean);
  return history.filter(
    entry =>
      (site === '' || entry.site === site) &&
      (trigger === '' || entry.trigger === trigger) &&
      (outcome === '' || entry.outcome === outcome) &&
      (words.length === 0 || containsAll(entry, words, say)),
  );
}

function containsAll(entry: HistoryEntry, words: readonly string[], say: Say): boolean {
  const { site, person } = entry;
  const line = folded([siteName(site), person, reasonWords(entry, say), outcomeWords(entry, say)].join('\n'));
  return words.every(word => line.includes(word));
}

/** Capitals and accents make no difference to somebody who is looking for a name. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
