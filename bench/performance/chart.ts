import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type Series = { readonly name: string; readonly points: readonly (readonly [number, number])[] };

const folder = fileURLToPath(new URL('../../docs/charts/', import.meta.url));
const [width, height] = [640, 300];
const plot = { left: 56, right: 470, top: 44, bottom: 250 };
/** Told apart by their strokes too, for whoever sees no colours; readable on white and on black. */
const strokes = [
  { colour: '#8a8f98', dashes: '2 4' },
  { colour: '#c2701c', dashes: '8 4' },
  { colour: '#2f7de1', dashes: '' },
  { colour: '#2a9d5c', dashes: '12 3 2 3' },
];

/** Draws `docs/charts/NAME.svg`: shares from 0 to 1 over the round trip in ms. */
export function drawShares(name: string, title: string, series: readonly Series[]): void {
  const most = Math.max(1, ...series.flatMap(({ points }) => points.map(([x]) => x)));
  const x = (value: number) => plot.left + (value / most) * (plot.right - plot.left);
  const y = (value: number) => plot.bottom - value * (plot.bottom - plot.top);
  const ticks = [...new Set(series.flatMap(({ points }) => points.map(([at]) => at)))].sort((a, b) => a - b);
  // Lines that lie on each other would hide one another: each is drawn a little beside the one before.
  const shift = (index: number) => (index - (series.length - 1) / 2) * 3;
  const text = (at: number, below: number, words: string, anchor = 'start') =>
    `<text x="${at}" y="${below}" text-anchor="${anchor}">${words}</text>`;
  const body = [
    `<title>${title}</title>`,
    '<style>text { font: 12px sans-serif; fill: #7a828e } path, line { fill: none; stroke-width: 2 }</style>',
    text(plot.left, 22, title),
    ...[0, 0.5, 1].flatMap(value => [
      `<line x1="${plot.left}" x2="${plot.right}" y1="${y(value)}" y2="${y(value)}" stroke="#7a828e" stroke-opacity=".35" style="stroke-width: 1"/>`,
      text(plot.left - 8, y(value) + 4, `${value * 100} %`, 'end'),
    ]),
    ...ticks.map(at => text(x(at), plot.bottom + 20, String(at), 'middle')),
    text((plot.left + plot.right) / 2, plot.bottom + 40, 'round trip, ms', 'middle'),
    ...series.flatMap(({ name: label, points }, index) => {
      const { colour = '', dashes = '' } = strokes[index % strokes.length] ?? {};
      const stroke = `stroke="${colour}"${dashes === '' ? '' : ` stroke-dasharray="${dashes}"`}`;
      const way = points.map(([at, value]) => `${x(at).toFixed(1)} ${(y(value) + shift(index)).toFixed(1)}`);
      const legend = plot.top + 10 + index * 22;
      return [
        `<path d="M${way.join('L')}" ${stroke}/>`,
        `<line x1="${plot.right + 20}" x2="${plot.right + 52}" y1="${legend}" y2="${legend}" ${stroke}/>`,
        text(plot.right + 60, legend + 4, label),
      ];
    }),
  ];
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    `${folder}${name}.svg`,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">\n${body.join('\n')}\n</svg>\n`,
  );
}
