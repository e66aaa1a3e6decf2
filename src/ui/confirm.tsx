import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { Question } from './question.tsx';

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
export function Confirm({ label, onYes, does, ...question }: ConfirmProps) {
  const [asking, setAsking] = useState(false);
  const wasAsking = useRef(false);
  const opener = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!asking && wasAsking.current) opener.current?.focus();
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
    <Question
      {...question}
      look="grave"
      does={does}
      onYes={() => {
        setAsking(false);
        onYes();
      }}
      onNo={() => setAsking(false)}
    />
  );
}
