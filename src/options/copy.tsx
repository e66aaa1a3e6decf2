import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { here } from '../ui/here.ts';
import { Said } from '../ui/said.tsx';
import type { Saying } from '../ui/saying.ts';

type CopyProps = {
  readonly text: string;
  /** What it does, in the words of the commands: a hook for tests. */
  readonly does: string;
};

/** A button that copies what stands above it, and whether the browser let it. */
export function Copy({ text, does }: CopyProps) {
  const { say } = here;
  const [copied, setCopied] = useState<Saying>();
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setCopied({ tone: 'good', happened: say('copied') }),
      () => setCopied({ tone: 'bad', happened: say('notCopied') }),
    );
  };

  return (
    <div class="buttons">
      <Button does={does} onPress={copy}>
        {say('copy')}
      </Button>
      <Said saying={copied} />
    </div>
  );
}
