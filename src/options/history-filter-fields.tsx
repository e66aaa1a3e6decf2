import type { HistoryEntry } from '../session/view.ts';
import { here } from '../ui/here.ts';
import { outcomeWords } from '../ui/history-words.ts';
import { siteName } from '../ui/site-name.ts';
import { useUniqueId } from '../ui/use-unique-id.ts';
import { because } from '../ui/wording.ts';
import type { HistoryFilter } from './history-filter.ts';

type HistoryFilterFieldsProps = {
  readonly history: readonly HistoryEntry[];
  readonly filter: HistoryFilter;
  readonly onChange: (filter: HistoryFilter) => void;
};

/** What to look for in the history: some words, or one of what occurs in it. */
export function HistoryFilterFields({ history, filter, onChange }: HistoryFilterFieldsProps) {
  const { say } = here;
  const id = useUniqueId();
  const change = (change: Partial<HistoryFilter>): void => onChange({ ...filter, ...change });

  return (
    <search class="filter">
      <div class="labelled">
        <label for={id}>{say('filterText')}</label>
        <input
          class="input"
          id={id}
          name="filterText"
          type="search"
          autocomplete="off"
          spellcheck={false}
          value={filter.text}
          onInput={event => change({ text: event.currentTarget.value })}
        />
      </div>
      <Select
        name="filterSite"
        label={say('columnSite')}
        all={say('filterAllSites')}
        values={occurring(history, ({ site }) => site)}
        words={siteName}
        chosen={filter.site}
        onChoose={site => change({ site })}
      />
      <Select
        name="filterTrigger"
        label={say('columnTrigger')}
        all={say('filterAllTriggers')}
        values={occurring(history, ({ trigger }) => trigger)}
        words={trigger => because(trigger, say)}
        chosen={filter.trigger}
        onChoose={trigger => change({ trigger })}
      />
      <Select
        name="filterOutcome"
        label={say('columnOutcome')}
        all={say('filterAllOutcomes')}
        values={occurring(history, ({ outcome }) => outcome)}
        words={outcome => outcomeWords({ outcome, trigger: 'click' }, say)}
        chosen={filter.outcome}
        onChoose={outcome => change({ outcome })}
      />
    </search>
  );
}

type SelectProps<Value extends string> = {
  readonly name: string;
  readonly label: string;
  /** What it says where nothing is chosen. */
  readonly all: string;
  readonly values: readonly Value[];
  readonly words: (value: Value) => string;
  readonly chosen: Value | '';
  readonly onChoose: (value: Value | '') => void;
};

function Select<Value extends string>(props: SelectProps<Value>) {
  const { name, label, all, values, words, chosen, onChoose } = props;
  const id = useUniqueId();
  // What was chosen stays on offer when its last line has left the history.
  const offers = chosen === '' || values.includes(chosen) ? values : [...values, chosen];
  return (
    <div class="labelled">
      <label for={id}>{label}</label>
      <select
        class="input"
        id={id}
        name={name}
        value={chosen}
        onChange={event => onChoose(offers[event.currentTarget.selectedIndex - 1] ?? '')}
      >
        <option value="">{all}</option>
        {offers.map(value => (
          <option key={value} value={value}>
            {words(value)}
          </option>
        ))}
      </select>
    </div>
  );
}

function occurring<Value extends string>(
  history: readonly HistoryEntry[],
  of: (entry: HistoryEntry) => Value,
): readonly Value[] {
  return [...new Set(history.map(of))].sort();
}
