import type { NoticeText } from '../browser/notices.ts';
import type { Step } from '../session/owed.ts';
import type { Session } from '../session/session.ts';
import type { Settings } from '../session/settings.ts';
import { newsOf, type Offer, offersOf } from './news.ts';

const idOf = (offer: Offer): string => `${offer.does} ${offer.does === 'log-on' ? offer.site : offer.id}`;

function offerOf(id: string): Offer | undefined {
  const [does = '', subject = ''] = id.split(' ', 2);
  switch (does) {
    case 'log-on':
      return { does, site: subject };
    case 'keep-on':
    case 'try-now':
      return { does, id: subject };
    default:
      return undefined;
  }
}

export type NoticesPorts = {
  readonly settings: () => Pick<Settings, 'notices'>;
  readonly session: (id: string) => Session | undefined;
  /** Whether the browser is closing: a notice would keep Chromium alive for seconds more. */
  readonly isOver: () => boolean;
  readonly show: (id: string, text: NoticeText) => Promise<void>;
  readonly withdraw: (id: string) => Promise<void>;
  readonly shown: () => Promise<readonly string[]>;
  readonly accept: (offer: Offer) => Promise<void>;
  readonly openPopup: () => Promise<void>;
  readonly now: () => number;
};

/** Tells the user outside the pages what became of a session, as far as they asked for it. */
export function createNotices(ports: NoticesPorts) {
  const shown = new Set<string>();

  const attempt = (work: Promise<void>): void =>
    void work.catch((error: unknown) => console.error('A notice was left undone', error));
  const withdraw = (id: string): void => {
    if (shown.delete(id)) attempt(ports.withdraw(id));
  };
  const isWanted = ({ does }: Offer): boolean => {
    const { notices } = ports.settings();
    return notices === 'all' || (notices === 'problems' && does === 'try-now');
  };

  return {
    stepped(before: Session, step: Step): void {
      const news = newsOf(before, step, ports.now());
      for (const offer of news.withdraw) withdraw(idOf(offer));
      if (!news.show || !isWanted(news.show.offer) || ports.isOver()) return;
      const id = idOf(news.show.offer);
      shown.add(id);
      attempt(ports.show(id, news.show.text));
    },
    /** What an earlier worker has shown; what is no longer true of it goes. After the sessions are known. */
    async restore(): Promise<void> {
      for (const id of await ports.shown()) {
        shown.add(id);
        const offer = offerOf(id);
        const session = offer && offer.does !== 'log-on' ? ports.session(offer.id) : undefined;
        const stands =
          offer?.does === 'log-on' ||
          (session && offersOf(session, ports.now()).some(({ does }) => does === offer?.does));
        if (!stands) withdraw(id);
      }
    },
    /** The browser closes: each that is open would hold it up. */
    closing(): void {
      for (const id of shown) withdraw(id);
    },
    pressed(id: string, on: 'notice' | 'button'): void {
      const offer = offerOf(id);
      shown.delete(id);
      attempt(ports.withdraw(id));
      if (offer && on === 'button') attempt(ports.accept(offer));
      else attempt(ports.openPopup());
    },
  };
}
