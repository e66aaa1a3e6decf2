import type { Trouble } from '../browser/face.ts';
import { here } from './here.ts';
import { Notice } from './notice.tsx';
import { siteName } from './site-name.ts';

export function TroubleNotice({ trouble }: { readonly trouble: Trouble }) {
  const { say, times } = here;
  switch (trouble.is) {
    case 'no-permission':
      return (
        <Notice title={say('troubleNoPermission', siteName(trouble.site))}>
          {say('troubleNoPermissionAdvice')}
        </Notice>
      );
    case 'set-aside':
      return (
        <Notice title={say('troubleSetAside', times.number(trouble.count))}>
          {say('troubleSetAsideAdvice')}
        </Notice>
      );
    default:
      return trouble satisfies never;
  }
}
