import { useState } from 'preact/hooks';
import type { Command } from '../browser/commands.ts';
import type { Face } from '../browser/face.ts';
import { here } from '../ui/here.ts';
import { Said } from '../ui/said.tsx';
import type { Saying } from '../ui/saying.ts';
import { siteName } from '../ui/site-name.ts';
import { AddSite, type AddSiteProps } from './add-site.tsx';
import { Section } from './section.tsx';
import { SiteRow } from './site-row.tsx';

type SitesSectionProps = Omit<AddSiteProps, 'sites'> & {
  readonly face: Face;
  readonly send: (command: Command) => Promise<void>;
  readonly vendor: 'chromium' | 'firefox';
};

export function SitesSection({ face, send, requestAccess, addSite, vendor }: SitesSectionProps) {
  const { say } = here;
  const [said, setSaid] = useState<Saying>();
  const lost = (): void => setSaid({ tone: 'bad', happened: say('notTakenIn') });
  const allow = (site: string): void => {
    const sayWhether = (yes: boolean): void => {
      setSaid(yes ? undefined : { tone: 'bad', happened: say('stillNotAllowed', siteName(site)) });
    };
    requestAccess(site).then(sayWhether, lost);
  };
  const remove = (base: string): void => {
    setSaid({ tone: 'plain', happened: say('removingSite', siteName(base)) });
    const removed = () => setSaid({ tone: 'good', happened: say('siteRemovedNow', siteName(base)) });
    send({ do: 'remove-site', base }).then(removed, lost);
  };

  return (
    <Section title={say('sitesTitle')}>
      {face.sites.length > 0 ? (
        <ul class="site-rows">
          {face.sites.map(site => (
            <SiteRow
              key={site.base}
              site={site}
              face={face}
              send={send}
              allow={allow}
              onRemove={remove}
              vendor={vendor}
            />
          ))}
        </ul>
      ) : (
        <p class="muted">{say('sitesEmpty')}</p>
      )}
      <Said saying={said} />
      <AddSite sites={face.sites} requestAccess={requestAccess} addSite={addSite} />
    </Section>
  );
}
