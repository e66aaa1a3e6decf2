/**
 * What stands in each other's way on a page, or is cut off; one line for each.
 *
 * - Two texts, or a text and a control, whose boxes cover each other.
 * - What reaches over the page's edge, so that the page would have to be scrolled sideways.
 * - A text that its own box, or one around it, cuts off.
 *
 * @param slackPx by how much boxes may touch: letters stand a bit out of their line.
 */
export function boxTroubles(page: Document, slackPx = 2): readonly string[] {
  const view = page.defaultView;
  if (!view) return ['a page without a window'];
  // Not the window's: a scroll bar stands on either side of it.
  const edges = page.documentElement.getBoundingClientRect();
  const width = page.documentElement.clientWidth;
  const troubles: string[] = [];

  type Thing = { readonly element: Element; readonly name: string; readonly boxes: readonly DOMRect[] };
  const isSeen = (element: Element): boolean =>
    element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) &&
    element.closest('.unseen, [aria-hidden=true] text') === null;
  const controls = [...page.querySelectorAll('button, input, select, textarea, summary, a[href]')]
    .filter(isSeen)
    .map(
      (element): Thing => ({
        element,
        name: `<${element.localName}> ${element.textContent?.trim() || element.getAttribute('name') || ''}`,
        boxes: [element.getBoundingClientRect()],
      }),
    );
  const texts: Thing[] = [];
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const words = node.textContent?.trim();
    if (!element || !words || element.closest('select, svg, script, style') || !isSeen(element)) continue;
    const range = page.createRange();
    range.selectNodeContents(node);
    texts.push({ element, name: `“${words.slice(0, 40)}”`, boxes: [...range.getClientRects()] });
  }

  const cover = (a: DOMRect, b: DOMRect): boolean =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > slackPx &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > slackPx;
  /** A control holds its own words, and a label the box that it is for. */
  const belong = (a: Element, b: Element): boolean => a.contains(b) || b.contains(a);
  /** What scrolls by itself may reach further than is seen of it. */
  const scrolls = (element: Element): Element | undefined => {
    for (let one = element.parentElement; one && one !== page.body; one = one.parentElement)
      if (/auto|scroll/.test(view.getComputedStyle(one).overflowX)) return one;
    return undefined;
  };

  const things = [...controls, ...texts];
  things.forEach((one, index) => {
    for (const other of things.slice(index + 1)) {
      if (belong(one.element, other.element)) continue;
      if (one.boxes.some(a => other.boxes.some(b => cover(a, b))))
        troubles.push(`${one.name} overlaps ${other.name}`);
    }
    for (const { left, right } of scrolls(one.element) ? [] : one.boxes) {
      if (left < edges.left - slackPx || right > edges.right + slackPx)
        troubles.push(`${one.name} reaches over the edge`);
    }
  });

  for (const { element, name, boxes } of texts) {
    for (let one: Element | null = element; one && one !== page.documentElement; one = one.parentElement) {
      const { overflowX, overflowY, display } = view.getComputedStyle(one);
      if (display === 'inline' || (overflowX === 'visible' && overflowY === 'visible')) continue;
      const { left, right, top, bottom } = one.getBoundingClientRect();
      const cut = boxes.some(
        box =>
          (!/auto|scroll/.test(overflowX) && (box.left < left - slackPx || box.right > right + slackPx)) ||
          (!/auto|scroll/.test(overflowY) && (box.top < top - slackPx || box.bottom > bottom + slackPx)),
      );
      if (cut) troubles.push(`${name} is cut off`);
    }
  }
  for (const { element, name } of controls) {
    if (element instanceof view.HTMLSelectElement || !element.textContent) continue;
    if (element.scrollWidth > element.clientWidth + slackPx)
      troubles.push(`${name} is too narrow for its words`);
  }
  if (page.documentElement.scrollWidth > width)
    troubles.push(`the page scrolls sideways: ${page.documentElement.scrollWidth} px in ${width}`);
  return [...new Set(troubles)];
}
