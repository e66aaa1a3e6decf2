import type { HistoryEntry } from '../session/view.ts';
import { outcomeWords, reasonWords } from '../ui/history-words.ts';
import type { Say } from '../ui/language.ts';

/**
 * The history as a table for other programs: RFC 4180, times in UTC as ISO 8601 has them. It begins with a byte order
 * mark, without which spreadsheets take UTF-8 for something else.
 */
export function historyCsv(history: readonly HistoryEntry[], say: Say): string {
  const head = [
    say('columnTime'),
    say('columnSite'),
    say('csvPerson'),
    say('columnTrigger'),
    say('columnOutcome'),
    say('columnAttempts'),
    say('csvTook'),
    say('columnProof'),
  ];
  const lines = history.map(entry => [
    new Date(entry.at).toISOString(),
    entry.site,
    entry.person,
    reasonWords(entry, say),
    outcomeWords(entry, say),
    String(entry.attempts),
    String(Math.round(entry.ms)),
    say(entry.confirmed ? 'confirmed' : 'notConfirmed'),
  ]);
  return `\uFEFF${[head, ...lines].map(line => `${line.map(cell).join(',')}\r\n`).join('')}`;
}

/**
 * One cell. What a spreadsheet would take for a formula gets an apostrophe in front: a person's name comes from a
 * server. See https://owasp.org/www-community/attacks/CSV_Injection
 */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** What the file is called: the day, as the user's clock has it. */
export function csvName(now: Date): string {
  const [month, day] = [now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, '0'));
  return `logoff-history-${now.getFullYear()}-${month}-${day}.csv`;
}
