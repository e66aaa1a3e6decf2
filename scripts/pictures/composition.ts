/** Of a store's picture, CSS pixels. */
const size = { width: 1280, height: 800 } as const;

/** A page in a plain window. `picture`: a `data:` URL, at one image pixel for each CSS pixel. */
type Window = { readonly picture: string; readonly title: string };

/** One line, and real pages below or beside it. */
export type Composition = {
  readonly line: string;
  readonly look?: 'light' | 'dark';
} & (
  | { readonly popup: string; readonly behind?: Window }
  /** `from`: how much of the page is scrolled by. */
  | { readonly page: Window & { readonly from: number } }
);

/** The markup of a store's picture: the extension's own colours, and nothing that is not in the product. */
export function sheetOf(composition: Composition): string {
  const { line, look = 'light' } = composition;
  return `<style>${style}</style><div class="ground ${look} ${kindOf(composition)}"><h1>${line}</h1>${pages(composition)}</div>`;
}

function kindOf(composition: Composition): 'whole' | 'over' | 'alone' {
  if ('page' in composition) return 'whole';
  return composition.behind ? 'over' : 'alone';
}

function pages(composition: Composition): string {
  if ('page' in composition) return windowWith(composition.page, composition.page.from);
  const { popup, behind } = composition;
  return `${behind ? windowWith(behind, 0) : ''}<img class="popup" src="${popup}" alt="" />`;
}

function windowWith({ picture, title }: Window, from: number): string {
  return `<div class="window"><div class="bar"><i></i><i></i><i></i><span>${title}</span></div>
    <div class="view"><img src="${picture}" alt="" style="margin-top: ${-from}px" /></div></div>`;
}

/* Colours of the tokens in src/ui/ui.css, and of the tile's ground. */
const style = `
  .ground {
    position: relative; width: ${size.width}px; height: ${size.height}px; overflow: hidden;
    background: linear-gradient(#1292a5, #0a5562); color: #fff; font-family: system-ui, sans-serif;
  }
  .ground.dark { background: linear-gradient(#173b42, #0d2125); }
  h1 { position: absolute; margin: 0; font-size: 52px; line-height: 1.15; font-weight: 700; text-wrap: balance; }
  .whole h1, .over h1 { inset: 52px 0 auto; text-align: center; }
  .alone h1 { left: 88px; top: 0; bottom: 0; width: 420px; display: flex; align-items: center; font-size: 60px; }
  .window {
    position: absolute; top: 156px; left: 50%; max-width: 1100px; height: 700px; overflow: hidden;
    transform: translateX(-50%);
    border-radius: 12px; background: #f4f6f7; box-shadow: 0 24px 64px rgb(0 0 0 / 35%);
  }
  .bar { display: flex; align-items: center; gap: 8px; height: 40px; padding: 0 16px; background: #d5dbdf; }
  .bar i { width: 12px; height: 12px; border-radius: 6px; background: #87929a; }
  .bar span {
    margin-left: 16px; padding: 4px 16px; width: 420px; border-radius: 12px; background: #fff; color: #566168;
    font-size: 14px;
  }
  .view { height: 660px; overflow: hidden; }
  .view img { display: block; }
  .popup { position: absolute; border-radius: 12px; box-shadow: 0 24px 64px rgb(0 0 0 / 40%); }
  .over .popup { right: 60px; top: 182px; }
  .alone .popup { right: 88px; top: 50%; transform: translateY(-50%); }`;
