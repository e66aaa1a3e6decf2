import type { Session } from './session.ts';
import { rulesFor, type Settings } from './settings.ts';

/** Of a session, or of what the pages see of one. */
type Ended = Pick<Session, 'kind' | 'site' | 'private'> & { readonly state: Pick<Session['state'], 'is'> };

/** Whether closing the browser ends this session: what the closing function sends, and what the next start owes. */
export function endsAtClose(session: Ended, settings: Settings): boolean {
  const { is } = session.state;
  switch (is) {
    case 'open':
      // A key ends on the user's word alone; once that is given, it is owed like any other.
      if (session.kind === 'api-key') return false;
      // A private window's cookies go with it: kept, such a session would serve nobody, and end with nothing.
      return session.private || rulesFor(settings, session.site).browserClose;
    case 'counting-down': // decided already; closing the browser can't mean "keep it"
    case 'owed':
      return true;
    case 'answered':
      return false;
    default:
      return is satisfies never;
  }
}
