import type { PageName, State } from '../../../gallery/state.ts';
import { states } from '../../../gallery/states.ts';

/** Which state is shown: the names of its page and its own. */
export type Exhibit = { readonly page: PageName; readonly name: string };

/** Under which it lies in `storage.session`, for the worker; no page of the extension looks there. */
export const exhibitKey = 'exhibit';

/** @throws {RangeError} if there is none. */
export function stateOf({ page, name }: Exhibit): State {
  const found = states.find(state => state.page === page && state.name === name);
  if (!found) throw new RangeError(`No state ${name} of the page ${page}`);
  return found;
}

/** The query of a page's address says which of its states it shows. */
export const stateQuery = 'state';
