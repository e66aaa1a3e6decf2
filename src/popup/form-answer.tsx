import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { here } from '../ui/here.ts';
import { Said } from '../ui/said.tsx';
import { siteName } from '../ui/site-name.ts';
import type { Answer } from './answers.ts';
import type { Asks } from './asks.ts';

type FormAnswerProps = { readonly answer: Answer | undefined; readonly asks: Asks };

/** What became of a form, and the button that goes with the advice. */
export function FormAnswer({ answer, asks }: FormAnswerProps) {
  const element = useRef<HTMLDivElement>(null);
  // A popup ends at 600 px, and an answer below them would be missed.
  useEffect(() => {
    if (answer) element.current?.scrollIntoView({ block: 'nearest' });
  }, [answer]);

  return (
    <div class="form-answer" ref={element}>
      <Said saying={answer} />
      <Offered offer={answer?.offer} asks={asks} />
    </div>
  );
}

function Offered({ offer, asks }: { readonly offer: Answer['offer'] } & Pick<FormAnswerProps, 'asks'>) {
  const { say } = here;
  if (!offer) return null;
  switch (offer.do) {
    case 'open-site':
      return (
        <Button does="open-site" onPress={() => asks.openSite(offer.site)}>
          {say('openSite', siteName(offer.site))}
        </Button>
      );
    case 'allow-again':
      return (
        <Button does="allow-again" onPress={() => asks.allow(offer.site)}>
          {say('allowAgain')}
        </Button>
      );
    case 'open-options':
      return (
        <Button does="add-in-options" onPress={asks.openOptions}>
          {say('addInOptions')}
        </Button>
      );
    default:
      return offer satisfies never;
  }
}
