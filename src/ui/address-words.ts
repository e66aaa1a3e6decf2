import type { tidyAddress } from '../browser/addresses.ts';
import type { Say } from './language.ts';

export type BadAddress = Extract<ReturnType<typeof tidyAddress>, { is: 'bad-address' }>;

/** What is wrong with an address that somebody typed, and what to type instead. */
export function badAddressWords({ why }: BadAddress, say: Say): { happened: string; advice: string } {
  switch (why) {
    case 'not-a-url':
      return { happened: say('addressNone'), advice: say('addressNoneAdvice') };
    case 'not-http':
      return { happened: say('addressNotWeb'), advice: say('addressNoneAdvice') };
    case 'credentials':
      return { happened: say('addressWithName'), advice: say('addressWithNameAdvice') };
    default:
      return why satisfies never;
  }
}
