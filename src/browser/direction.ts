export function directionOf(language: string): 'ltr' | 'rtl' {
  return ['ar', 'fa', 'he', 'ur'].includes(language.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

/** What is put into a text, so that it keeps an order of its own there: an address between words that run from the right. */
export function isolatedIn(language: string, words: string): string {
  // U+2068 FIRST STRONG ISOLATE, U+2069 POP DIRECTIONAL ISOLATE.
  return directionOf(language) === 'rtl' ? `\u2068${words}\u2069` : words;
}
