import { useState } from 'preact/hooks';
import { longestBackup, readBackup, writeBackup } from '../browser/backup.ts';
import { lockedIn, type Managed, type Settings, without } from '../session/settings.ts';
import { Button } from '../ui/button.tsx';
import { here } from '../ui/here.ts';
import { Said } from '../ui/said.tsx';
import { saveFile } from '../ui/save-file.ts';
import type { Saying } from '../ui/saying.ts';
import { useUniqueId } from '../ui/use-unique-id.ts';
import { importedWords, refusalWords } from './backup-words.ts';
import { Section } from './section.tsx';

type BackupProps = {
  /** What the user set. */
  readonly settings: Settings;
  readonly managed: Managed;
  readonly onImport: (settings: Partial<Settings>) => Promise<void>;
};

/** The settings as a file, out and in. */
export function Backup({ settings, managed, onImport }: BackupProps) {
  const { say } = here;
  const id = useUniqueId();
  const [said, setSaid] = useState<Saying>();

  const take = async (file: File): Promise<Saying> => {
    const read = file.size > longestBackup ? ({ is: 'too-large' } as const) : readBackup(await file.text());
    if (read.is !== 'settings') return refusalWords(read, here);
    const locked = lockedIn(managed).filter(name => Object.hasOwn(read.settings, name));
    await onImport(without(read.settings, locked));
    return importedWords(read.unknown, locked, here);
  };
  const lost = (): void => setSaid({ tone: 'bad', happened: say('notTakenIn') });

  return (
    <Section title={say('backupTitle')}>
      <p class="muted hint">{say('backupHint')}</p>
      <Button
        does="export-settings"
        onPress={() =>
          saveFile('logoff-on-close-settings.json', 'application/json', writeBackup(settings, new Date()))
        }
      >
        {say('exportSettings')}
      </Button>
      <div class="form">
        <label for={id}>{say('importSettings')}</label>
        <input
          type="file"
          id={id}
          name="backup"
          accept=".json,application/json"
          aria-describedby={`${id}-hint`}
          onChange={event => {
            const input = event.currentTarget;
            const [file] = input.files ?? [];
            if (!file) return;
            setSaid(undefined);
            take(file)
              .then(setSaid, lost)
              // So that the same file, mended, counts as another choice.
              .finally(() => {
                input.value = '';
              });
          }}
        />
        <p class="muted hint" id={`${id}-hint`}>
          {say('importHint')}
        </p>
      </div>
      <Said saying={said} />
    </Section>
  );
}
