import { useState } from 'preact/hooks';
import type { SiteView } from '../browser/face.ts';
import { addressInput } from '../ui/address-input.ts';
import { here } from '../ui/here.ts';
import { siteName } from '../ui/site-name.ts';
import { useUniqueId } from '../ui/use-unique-id.ts';

/** Which site a form is about: one that is known, or any other by its address. */
export function SiteField({ sites }: { readonly sites: readonly SiteView[] }) {
  const { say } = here;
  const id = useUniqueId();
  const [site, setSite] = useState(sites[0]?.base ?? '');

  return (
    <>
      {sites.length > 0 && (
        <div class="labelled">
          <label for={`${id}-site`}>{say('site')}</label>
          <select
            class="input"
            id={`${id}-site`}
            name="site"
            value={site}
            onChange={event => setSite(event.currentTarget.value)}
          >
            {sites.map(({ base }) => (
              <option key={base} value={base}>
                {siteName(base)}
              </option>
            ))}
            <option value="">{say('anotherSite')}</option>
          </select>
        </div>
      )}
      {site === '' && (
        <div class="labelled">
          <label for={`${id}-address`}>{say('address')}</label>
          <input {...addressInput} id={`${id}-address`} placeholder="acme.fogbugz.com" required />
        </div>
      )}
    </>
  );
}
