import { useEffect, useRef } from 'preact/hooks';
import { Button } from './button.tsx';

type QuestionProps = {
  readonly question: string;
  /** What saying yes means. */
  readonly meaning?: string;
  readonly yes: string;
  readonly no: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
  /** `grave` is for what can't be taken back. */
  readonly look: 'grave' | 'main';
  /** What yes does, in the words of the commands: a hook for tests. */
  readonly does: string;
};

/** Asks before something is done, with the focus on the safe answer. */
export function Question({ question, meaning, yes, no, onYes, onNo, look, does }: QuestionProps) {
  const safeAnswer = useRef<HTMLButtonElement>(null);
  useEffect(() => safeAnswer.current?.focus(), []);

  return (
    <fieldset
      class={`confirm ${look}`}
      aria-label={question}
      onKeyDown={event => {
        if (event.key !== 'Escape') return;
        event.preventDefault(); // else the popup closes with it
        onNo();
      }}
    >
      <p class="confirm-question">{question}</p>
      {meaning && <p>{meaning}</p>}
      <div class="buttons">
        <Button look={look} does={does} onPress={onYes}>
          {yes}
        </Button>
        <Button elementRef={safeAnswer} does="cancel" onPress={onNo}>
          {no}
        </Button>
      </div>
    </fieldset>
  );
}
