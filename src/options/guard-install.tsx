import { guardComesFrom } from '../guard-messages.ts';
import { here } from '../ui/here.ts';
import { Copy } from './copy.tsx';
import { guardFile, installCommand } from './install-command.ts';
import { WithAddress } from './with-address.tsx';

/** The one command that puts the Guard on this computer. */
export function GuardInstall({ ownId }: { readonly ownId: string }) {
  const { say } = here;
  const command = installCommand(ownId);
  return (
    <div class="guard-install">
      <h3>{say('guardInstall')}</h3>
      {guardComesFrom === 'npm' ? (
        <p>{say('guardFromNpm')}</p>
      ) : (
        <WithAddress words={say('guardFromFile', guardFile)} address={guardFile} />
      )}
      <pre dir="ltr">{command}</pre>
      <Copy text={command} does="copy-install" />
      <p class="muted hint">{say('guardNeeds')}</p>
    </div>
  );
}
