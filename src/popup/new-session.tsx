import type { Face } from '../browser/face.ts';
import { Button } from '../ui/button.tsx';
import { Fold } from '../ui/fold.tsx';
import { here } from '../ui/here.ts';
import { siteName } from '../ui/site-name.ts';
import { type FormProps, LogOnForm } from './log-on-form.tsx';
import { TokenForm } from './token-form.tsx';

/** The ways to a session: what the popup is about when there is none, and folded away when there is one. */
export function NewSession(props: FormProps) {
  if (props.face.sessions.length === 0) return <Ways {...props} />;
  return (
    <Fold title={here.say('logOnElsewhere')} does="show-elsewhere" look="aside">
      <Ways {...props} />
    </Fold>
  );
}

function Ways(props: FormProps) {
  const { say } = here;
  const sites = closedSites(props.face);
  return (
    <div class="ways">
      {sites.map(({ base }, index) => (
        <Button
          key={base}
          look={index === 0 && props.face.sessions.length === 0 ? 'main' : 'plain'}
          does="open-site"
          onPress={() => props.asks.openSite(base)}
        >
          {say('logOnAt', siteName(base))}
        </Button>
      ))}
      <Fold title={say('logOnHere')} does="show-log-on" name="way">
        <LogOnForm {...props} />
      </Fold>
      <Fold title={say('pasteToken')} does="show-take-token" name="way">
        <TokenForm {...props} />
      </Fold>
    </div>
  );
}

/** The sites at which nobody is logged on here. */
function closedSites({ sites, sessions }: Face): Face['sites'] {
  const open = new Set(sessions.map(({ site }) => site));
  return sites.filter(({ base }) => !open.has(base));
}
