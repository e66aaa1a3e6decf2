import { useEffect, useRef, useState } from 'preact/hooks';
import type { SessionView } from '../session/view.ts';
import { here } from '../ui/here.ts';
import { sentences } from '../ui/language.ts';
import { announcements } from './announcements.ts';

type AnnouncerProps = {
  readonly sessions: readonly SessionView[];
  readonly now: number;
};

/** Tells a screen reader what changed, without a word on the page. What it shows at first needs no announcement. */
export function Announcer({ sessions, now }: AnnouncerProps) {
  const before = useRef(sessions);
  const [said, setSaid] = useState('');

  // Not when `now` changes: a second that passes is no news.
  useEffect(() => {
    const news = announcements(before.current, sessions, now, here);
    before.current = sessions;
    if (news.length > 0) setSaid(sentences(news, here.say));
  }, [sessions]);

  return (
    <p class="unseen" role="status">
      {said}
    </p>
  );
}
