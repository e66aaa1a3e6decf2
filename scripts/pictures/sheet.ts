import { readFile } from 'node:fs/promises';
import { columns, edges } from '../../gallery/sheet.ts';
import type { State } from '../../gallery/state.ts';

/** A picture of a page, and what of it is to be seen, from its left edge: CSS pixels, one for each of the picture's. */
export type Shot = {
  /** Base64. */
  readonly png: string;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** The markup of a sheet that looks as the gallery does. @throws {RangeError} if there is no picture of a state. */
export async function sheetOf(group: readonly State[], shots: ReadonlyMap<State, Shot>): Promise<string> {
  const styles = await Promise.all(
    ['../../src/ui/ui.css', '../../gallery/index.css'].map(path =>
      readFile(new URL(path, import.meta.url), 'utf8'),
    ),
  );
  const figures = group.map(state => {
    const shot = shots.get(state);
    if (!shot) throw new RangeError(`No picture of ${state.page} ${state.name}`);
    const { png, top, width, height } = shot;
    return {
      width,
      markup: `<figure><figcaption>${state.title}</figcaption>
        <div class="frame" style="width: ${width}px; height: ${height}px">
          <img src="data:image/png;base64,${png}" alt="" style="margin-top: ${-top}px" />
        </div></figure>`,
    };
  });
  const [first] = group;
  const width = Math.max(...figures.map(figure => figure.width)) + edges;
  const count = first ? Math.min(group.length, columns[first.page]) : 1;
  return `<style>${styles.join('\n')}
    .frame { box-sizing: content-box; overflow: hidden; border: 1px solid var(--edge); border-radius: 0.25rem; }
    .frame img { display: block; }
    </style>
    <div class="states" style="columns: ${count} ${width}px">${figures.map(({ markup }) => markup).join('')}</div>`;
}
