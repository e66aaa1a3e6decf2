import { useEffect, useRef, useState } from 'preact/hooks';

export type Saving = 'saved' | 'failed' | undefined;

/** How long "Saved" stays, ms. */
const praiseMs = 4000;

/**
 * A setting being changed: what to show, how to change it, and whether that went through. What the user chose is shown
 * until the storage has caught up, so that nothing flickers back; it is taken back if it could not be stored.
 */
export function useSaving<Value>(stored: Value, store: (value: Value) => Promise<void>) {
  const [saving, setSaving] = useState<Saving>();
  const [wanted, setWanted] = useState<{ readonly value: Value }>();
  const underWay = useRef<Promise<void>>(undefined);

  // What was chosen since then must not be undone by the storage's answer to an earlier choice.
  useEffect(() => {
    if (!underWay.current || wanted?.value === stored) setWanted(undefined);
  }, [stored]);

  useEffect(() => {
    if (saving !== 'saved') return;
    const timer = setTimeout(() => setSaving(undefined), praiseMs);
    return () => clearTimeout(timer);
  }, [saving]);

  const change = (value: Value): void => {
    const sent = store(value);
    underWay.current = sent;
    setWanted({ value });
    setSaving(undefined);
    const ended = (result: Saving) => () => {
      if (underWay.current !== sent) return;
      underWay.current = undefined;
      setSaving(result);
      if (result === 'failed') setWanted(undefined);
    };
    sent.then(ended('saved'), ended('failed'));
  };

  return { shown: wanted ? wanted.value : stored, change, saving };
}
