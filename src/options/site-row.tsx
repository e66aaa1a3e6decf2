import type { Command } from '../browser/commands.ts';
import type { Face, SiteView } from '../browser/face.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Fold } from '../ui/fold.tsx';
import { here } from '../ui/here.ts';
import { siteName } from '../ui/site-name.ts';
import { NoPermission } from '../ui/trouble-notice.tsx';
import { useUniqueId } from '../ui/use-unique-id.ts';
import { siteFacts } from './site-facts.ts';
import { SiteRequest } from './site-request.tsx';
import { SiteRules } from './site-rules.tsx';

type SiteRowProps = {
  readonly site: SiteView;
  readonly face: Face;
  readonly send: (command: Command) => Promise<void>;
  readonly allow: (site: string) => void;
  readonly onRemove: (site: string) => void;
  readonly vendor: 'chromium' | 'firefox';
};

/** One site: what is known of it, and what can be different there. */
export function SiteRow({ site, face, send, allow, onRemove, vendor }: SiteRowProps) {
  const { say } = here;
  const id = useUniqueId();
  const { base } = site;
  const managed = face.managed.ownSites?.includes(base);
  const barred = face.trouble.some(one => one.is === 'no-permission' && one.site === base);

  return (
    <li class="site-row" aria-labelledby={id} data-site={base}>
      <div>
        <h3 id={id}>
          <bdi>{siteName(base)}</bdi>
        </h3>
        <p class="muted begins-large">{siteFacts(site, face, here)}</p>
        {managed && <p class="muted">{say('siteManaged')}</p>}
      </div>
      {barred && <NoPermission site={base} allow={allow} />}
      <Fold title={say('siteRules')} does="show-rules">
        <SiteRules
          site={base}
          settings={face.settings}
          managed={face.managed}
          onChange={rules => send({ do: 'set-exception', site: base, rules })}
          vendor={vendor}
        />
      </Fold>
      <Fold title={say('siteRequest')} does="show-request">
        <SiteRequest site={site} />
      </Fold>
      {site.own && !managed && (
        <Confirm
          label={say('removeSite')}
          question={say('removeSiteAsk', siteName(base))}
          meaning={say('removeSiteMeans')}
          yes={say('removeSiteYes')}
          no={say('cancel')}
          does="remove-site"
          onYes={() => onRemove(base)}
        />
      )}
    </li>
  );
}
