import { useId, useState } from 'preact/hooks';
import type { SiteView } from '../browser/face.ts';
import { Button } from '../ui/button.tsx';
import { here } from '../ui/here.ts';
import { Said } from '../ui/said.tsx';
import type { Saying } from '../ui/saying.ts';
import { dialectName } from './site-facts.ts';

/** The exact log-off of a site as a command line, to read and to try. */
export function SiteRequest({ site: { dialect, curl } }: { readonly site: SiteView }) {
  const { say } = here;
  const id = useId();
  const [chosen, setChosen] = useState(dialect);
  const [copied, setCopied] = useState<Saying>();
  const shown = chosen ?? dialect ?? 'json';
  const dialects = dialect === 'xml' ? (['xml', 'json'] as const) : (['json', 'xml'] as const);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(curl[shown]);
      setCopied({ tone: 'good', happened: say('copied') });
    } catch {
      setCopied({ tone: 'bad', happened: say('notCopied') });
    }
  };

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
              onChange={() => {
                setChosen(one);
                setCopied(undefined);
              }}
            />
            {one === dialect ? say('requestOwnDialect', dialectName(one)) : dialectName(one)}
          </label>
        ))}
      </fieldset>
      <pre dir="ltr">{curl[shown]}</pre>
      <div class="buttons">
        <Button does="copy-curl" onPress={() => void copy()}>
          {say('copy')}
        </Button>
        <Said saying={copied} />
      </div>
      <p class="muted hint">{say('requestToken')}</p>
    </div>
  );
}
