import { useEffect, useRef, useState } from 'preact/hooks';
import type { HistoryEntry, SessionView } from '../session/view.ts';
import { here } from '../ui/here.ts';
import { sentences } from '../ui/language.ts';
import { announcements } from './announcements.ts';

type AnnouncerProps = {
  readonly sessions: readonly SessionView[];
  /** As it is with these sessions. */
  readonly history: readonly HistoryEntry[];
  readonly now: number;
};

/** Tells a screen reader what changed, without a word on the page. What it shows at first needs no announcement. */
export function Announcer({ sessions, history, now }: AnnouncerProps) {
  const before = useRef(sessions);
  const [said, setSaid] = useState('');

  // Not when `now` changes: a second that passes is no news.
  useEffect(() => {
    const news = announcements(before.current, sessions, history, now, here);
    before.current = sessions;
    if (news.length > 0) setSaid(sentences(news, here.say));
  }, [sessions]);

  return (
    <p class="unseen" role="status">
      {said}
    </p>
  );
}
