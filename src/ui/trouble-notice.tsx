import type { Trouble } from '../browser/face.ts';
import { Button } from './button.tsx';
import { here } from './here.ts';
import { Notice } from './notice.tsx';
import { siteName } from './site-name.ts';

type NoPermissionProps = {
  readonly site: string;
  /** Asks for a site's permission again. Called in the click: browsers show their question at no other time. */
  readonly allow: (site: string) => void;
};

export function TroubleNotice({
  trouble,
  allow,
}: { readonly trouble: Trouble } & Pick<NoPermissionProps, 'allow'>) {
  switch (trouble.is) {
    case 'no-permission':
      return <NoPermission site={trouble.site} allow={allow} />;
    case 'set-aside':
    case 'settings-aside':
    case 'history-aside':
      return <SetAside trouble={trouble} />;
    default:
      return trouble satisfies never;
  }
}

export function NoPermission({ site, allow }: NoPermissionProps) {
  const { say } = here;
  return (
    <Notice
      title={say('troubleNoPermission', siteName(site))}
      action={
        <Button does="allow-again" onPress={() => allow(site)}>
          {say('allowAgain')}
        </Button>
      }
    >
      {say('troubleNoPermissionAdvice')}
    </Notice>
  );
}

export function SetAside({ trouble }: { readonly trouble: Exclude<Trouble, { is: 'no-permission' }> }) {
  const { say, sayCount } = here;
  switch (trouble.is) {
    case 'set-aside':
      return (
        <Notice title={sayCount('troubleSetAside', trouble.count)}>{say('troubleSetAsideAdvice')}</Notice>
      );
    case 'settings-aside':
      return <Notice title={say('troubleSettingsAside')}>{say('troubleSettingsAsideAdvice')}</Notice>;
    case 'history-aside':
      return <Notice title={say('troubleHistoryAside')}>{say('troubleHistoryAsideAdvice')}</Notice>;
    default:
      return trouble satisfies never;
  }
}
