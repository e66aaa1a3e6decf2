import { useState } from 'preact/hooks';

let given = 0;

/**
 * An id that no other element of the page has. Preact's own `useId` gives one a second time to what is drawn first after
 * the rest of the page was drawn again: a label then stands for another field.
 */
export function useUniqueId(): string {
  const [id] = useState(() => {
    given += 1;
    return `id-${given}`;
  });
  return id;
}
