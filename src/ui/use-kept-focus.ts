import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/**
 * When the button that has the focus goes away, because what it offered has happened, the focus moves to what
 * encloses it (`data-holds-focus`) or else to the root, instead of being lost to keyboard and screen reader.
 */
export function useKeptFocus() {
  const root = useRef<HTMLElement>(null);
  const focused = useRef<Element>(undefined);
  const holder = useRef<HTMLElement>(undefined);

  useEffect(() => {
    const element = root.current;
    const remember = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element)) return;
      focused.current = target;
      holder.current = target.closest<HTMLElement>('[data-holds-focus]') ?? undefined;
    };
    element?.addEventListener('focusin', remember);
    return () => element?.removeEventListener('focusin', remember);
  }, []);

  useLayoutEffect(() => {
    if (!focused.current || focused.current.isConnected) return;
    focused.current = undefined;
    if (document.activeElement !== document.body) return;
    (holder.current?.isConnected ? holder.current : root.current)?.focus();
  });

  return root;
}
