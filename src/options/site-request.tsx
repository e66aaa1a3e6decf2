import { useState } from 'preact/hooks';
import type { SiteView } from '../browser/face.ts';
import { here } from '../ui/here.ts';
import { useUniqueId } from '../ui/use-unique-id.ts';
import { Copy } from './copy.tsx';
import { dialectName } from './site-facts.ts';

/** The exact log-off of a site as a command line, to read and to try. */
export function SiteRequest({ site: { dialect, curl } }: { readonly site: SiteView }) {
  const { say } = here;
  const id = useUniqueId();
  const [chosen, setChosen] = useState(dialect);
  const shown = chosen ?? dialect ?? 'json';
  const dialects = dialect === 'xml' ? (['xml', 'json'] as const) : (['json', 'xml'] as const);

  return (
    <div class="site-request">
      <fieldset class="radios across">
        <legend>{say('requestDialect')}</legend>
        {dialects.map(one => (
          <label key={one}>
            <input
              type="radio"
              // Radio buttons of one name belong together, and every site has a pair
              name={`dialect-${id}`}
              value={one}
              checked={shown === one}
              onChange={() => setChosen(one)}
            />
            {one === dialect ? say('requestOwnDialect', dialectName(one)) : dialectName(one)}
          </label>
        ))}
      </fieldset>
      <pre dir="ltr">{curl[shown]}</pre>
      <Copy key={shown} text={curl[shown]} does="copy-curl" />
      <p class="muted hint">{say('requestToken')}</p>
    </div>
  );
}
