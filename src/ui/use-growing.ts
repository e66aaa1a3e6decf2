import { useLayoutEffect, useState } from 'preact/hooks';

/**
 * How many of a long list to draw: `first` of them at once, and `step` more with each frame of the screen, until all are
 * there. So what is seen need not wait for what is not.
 */
export function useGrowing(length: number, first: number, step: number): number {
  const [drawn, setDrawn] = useState(first);
  const growing = drawn < length;

  useLayoutEffect(() => {
    if (!growing) return;
    const grow = (): void => {
      setDrawn(before => before + step);
      frame = requestAnimationFrame(grow);
    };
    // What is asked for now comes before the frame in which the first ones are shown.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(grow);
    });
    return () => cancelAnimationFrame(frame);
  }, [growing, step]);
  return drawn;
}
