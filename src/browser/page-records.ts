import * as v from 'valibot';
import type { Guarding } from '../session/guarding.ts';
import type { SessionView } from '../session/view.ts';
import { guardingSchema, viewSchema } from './page-schemas.ts';
import { isViewKey, type Stored } from './records.ts';

/** What the pages see of every session, oldest first. */
export function readViews(stored: Stored): readonly SessionView[] {
  const views = Object.entries(stored).flatMap(([key, value]) => {
    if (!isViewKey(key)) return [];
    const parsed = v.safeParse(viewSchema, value);
    return parsed.success ? [parsed.output] : [];
  });
  return views.sort((a, b) => a.since - b.since);
}

/** How things stand with the Guard; what can't be read counts as turned off, because nothing may be claimed then. */
export function readGuarding(stored: Stored): Guarding {
  const parsed = v.safeParse(guardingSchema, stored.guarding);
  return parsed.success ? parsed.output : { is: 'off' };
}
