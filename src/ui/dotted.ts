/** Those of a few short facts that there are, in one line. Where it has to break, a dot stays with the fact before it. */
export function dotted(facts: readonly (string | false | undefined)[]): string {
  return facts.filter(fact => fact).join('\u00a0· ');
}
