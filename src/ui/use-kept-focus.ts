import { useEffect, useRef } from 'preact/hooks';

/**
 * When the button that has the focus goes away, because what it offered has happened, the focus moves to what
 * encloses it (`data-holds-focus`) or else to the root, instead of being lost to keyboard and screen reader.
 */
export function useKeptFocus() {
  const root = useRef<HTMLElement>(null);

  useEffect(() => {
    const element = root.current;
    if (!element) return;
    let focused: Element | undefined;
    let holder: HTMLElement | undefined;

    const remember = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element)) return;
      focused = target;
      holder = target.closest<HTMLElement>('[data-holds-focus]') ?? undefined;
    };
    const rescue = (): void => {
      if (!focused || focused.isConnected) return;
      focused = undefined;
      if (document.activeElement !== document.body) return;
      (holder?.isConnected ? holder : element).focus({ preventScroll: true });
    };

    const observer = new MutationObserver(rescue);
    observer.observe(element, { childList: true, subtree: true });
    element.addEventListener('focusin', remember);
    return () => {
      observer.disconnect();
      element.removeEventListener('focusin', remember);
    };
  }, []);

  return root;
}
