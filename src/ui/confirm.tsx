import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from './button.tsx';

type ConfirmProps = {
  /** The button that asks. */
  readonly label: string;
  readonly question: string;
  /** What saying yes means. */
  readonly meaning?: string;
  readonly yes: string;
  readonly no: string;
  readonly onYes: () => void;
  /** What it does, in the words of the commands: a hook for tests. */
  readonly does: string;
};

/** A button for what can't be taken back: it asks first, in its own place, and the focus follows. */
export function Confirm({ label, question, meaning, yes, no, onYes, does }: ConfirmProps) {
  const [asking, setAsking] = useState(false);
  const wasAsking = useRef(false);
  const opener = useRef<HTMLButtonElement>(null);
  const safeAnswer = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (asking) safeAnswer.current?.focus();
    else if (wasAsking.current) opener.current?.focus();
    wasAsking.current = asking;
  }, [asking]);

  if (!asking) {
    return (
      <Button elementRef={opener} does={`ask-${does}`} onPress={() => setAsking(true)}>
        {label}
      </Button>
    );
  }
  return (
    <fieldset
      class="confirm"
      aria-label={question}
      onKeyDown={event => {
        if (event.key !== 'Escape') return;
        event.preventDefault(); // else the popup closes with it
        setAsking(false);
      }}
    >
      <p class="confirm-question">{question}</p>
      {meaning && <p>{meaning}</p>}
      <div class="buttons">
        <Button
          look="grave"
          does={does}
          onPress={() => {
            setAsking(false);
            onYes();
          }}
        >
          {yes}
        </Button>
        <Button elementRef={safeAnswer} does="cancel" onPress={() => setAsking(false)}>
          {no}
        </Button>
      </div>
    </fieldset>
  );
}
