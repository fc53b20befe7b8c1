/** Plots as SVG that can be read on a light and on a dark page, with nothing but text and shapes in it. */

export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** Single measurements instead of a line. */
  readonly isDots?: boolean;
}

interface Axis {
  readonly label: string;
  readonly isLog?: boolean;
  readonly least: number;
  readonly most: number;
}

export interface LineChart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** Thin lines across: a target or a limit. */
  readonly marks?: readonly { readonly axis: 'x' | 'y'; readonly at: number; readonly label: string }[];
}

export interface BarChart {
  readonly title: string;
  readonly label: string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  readonly mark?: { readonly at: number; readonly label: string };
}

const colours = ['#3b82f6', '#f59e0b', '#10b981', '#ef4444', '#8b5cf6', '#14b8a6', '#ec4899', '#84cc16'];
const width = 820;
const frame = { left: 64, right: 250, top: 48, bottom: 56 } as const;

const style = `<style>
  text { font: 13px system-ui, sans-serif; fill: #1f2937; } .title { font-size: 16px; font-weight: 600; }
  .page { fill: #ffffff; } .grid { stroke: #e5e7eb; } .axis { stroke: #6b7280; } .mark { stroke: #dc2626; stroke-dasharray: 5 4; }
  .marked { fill: #dc2626; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e5e7eb; } .page { fill: #111827; } .grid { stroke: #374151; } .axis { stroke: #9ca3af; }
    .mark { stroke: #f87171; } .marked { fill: #f87171; }
  }
</style>`;

function page(title: string, height: number, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    style,
    `<rect class="page" width="${width}" height="${height}"/>`,
    text({ x: frame.left, y: 28, words: title, kind: 'title' }),
    ...parts,
    '</svg>\n',
  ].join('\n');
}

export function lineChart({ title, x, y, series, marks = [] }: LineChart): string {
  const height = 400;
  const right = width - frame.right;
  const bottom = height - frame.bottom;
  const toX = scale(x, frame.left, right);
  const toY = scale(y, bottom, frame.top);
  const grid = [
    ...ticks(x).map((at) => gridLine({ x1: toX(at), x2: toX(at), y1: frame.top, y2: bottom })),
    ...ticks(y).map((at) => gridLine({ x1: frame.left, x2: right, y1: toY(at), y2: toY(at) })),
    ...ticks(x).map((at) => text({ x: toX(at), y: bottom + 20, words: short(at), anchor: 'middle' })),
    ...ticks(y).map((at) => text({ x: frame.left - 8, y: toY(at) + 4, words: short(at), anchor: 'end' })),
    `<path class="axis" fill="none" d="M${frame.left} ${frame.top}V${bottom}H${right}"/>`,
    text({ x: (frame.left + right) / 2, y: height - 14, words: x.label, anchor: 'middle' }),
    `<text transform="translate(16 ${(frame.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(y.label)}</text>`,
  ];
  const drawn = series.map(({ points, isDots }, index) => {
    const colour = colours[index % colours.length];
    const inside = points.filter((point) => point.y <= y.most && point.x <= x.most);
    if (isDots === true) {
      return inside.map((at) => `<circle cx="${r(toX(at.x))}" cy="${r(toY(at.y))}" r="5" fill="${colour}"/>`).join('');
    }
    const path = inside.map((at, n) => `${n === 0 ? 'M' : 'L'}${r(toX(at.x))} ${r(toY(at.y))}`).join('');
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-linejoin="round"/>`;
  });
  const marked = marks.map(({ axis, at, label }, index) =>
    axis === 'y'
      ? `<path class="mark" d="M${frame.left} ${r(toY(at))}H${right}"/>${text({ x: frame.left + 6, y: toY(at) - 6, words: label, kind: 'marked' })}`
      : `<path class="mark" d="M${r(toX(at))} ${frame.top}V${bottom}"/>${text({ x: toX(at) - 6, y: frame.top + 14 + 16 * index, words: label, kind: 'marked', anchor: 'end' })}`,
  );
  const legend = series.map(({ name }, index) => {
    const top = frame.top + 24 + index * 22;
    return `<rect x="${right + 16}" y="${top - 9}" width="14" height="9" fill="${colours[index % colours.length]}"/>${text({ x: right + 36, y: top, words: name })}`;
  });
  return page(title, height, [...grid, ...drawn, ...marked, ...legend]);
}

export function barChart({ title, label, bars, mark }: BarChart): string {
  const row = 30;
  const left = 300;
  const right = width - 90;
  const bottom = frame.top + bars.length * row + 8;
  const most = 1.05 * Math.max(mark?.at ?? 0, ...bars.map(({ value }) => value), 1e-9);
  const toX = scale({ label, least: 0, most }, left, right);
  const drawn = bars.flatMap(({ name, value }, index) => {
    const top = frame.top + index * row + 8;
    return [
      text({ x: left - 10, y: top + 15, words: name, anchor: 'end' }),
      `<rect x="${left}" y="${top}" width="${r(Math.max(0, toX(value) - left))}" height="20" fill="${colours[0]}"/>`,
      text({ x: toX(value) + 6, y: top + 15, words: short(value) }),
    ];
  });
  const marked = mark
    ? [
        `<path class="mark" d="M${r(toX(mark.at))} ${frame.top}V${bottom}"/>`,
        text({ x: toX(mark.at), y: bottom + 16, words: mark.label, anchor: 'middle', kind: 'marked' }),
      ]
    : [];
  return page(title, bottom + 52, [
    ...drawn,
    ...marked,
    text({ x: (left + right) / 2, y: bottom + 36, words: label, anchor: 'middle' }),
  ]);
}

function scale({ least, most, isLog = false }: Axis, from: number, to: number): (value: number) => number {
  const place = isLog ? Math.log : (value: number): number => value;
  const [low, high] = [place(least), place(most)];
  return (value) => from + ((place(Math.max(value, least)) - low) / (high - low)) * (to - from);
}

function ticks({ least, most, isLog = false }: Axis): number[] {
  if (isLog) {
    const powers = Array.from({ length: 20 }, (_, power) => 10 ** (power - 6));
    return powers.filter((value) => value >= least * 0.999 && value <= most * 1.001);
  }
  const rough = (most - least) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10);
  const first = Math.ceil(least / step);
  return Array.from({ length: Math.floor(most / step) - first + 1 }, (_, n) => (first + n) * step);
}

interface Words {
  readonly x: number;
  readonly y: number;
  readonly words: string;
  readonly anchor?: 'middle' | 'end';
  readonly kind?: 'title' | 'marked';
}

function text({ x, y, words, anchor, kind }: Words): string {
  const more = `${anchor ? ` text-anchor="${anchor}"` : ''}${kind ? ` class="${kind}"` : ''}`;
  return `<text x="${r(x)}" y="${r(y)}"${more}>${escaped(words)}</text>`;
}

function gridLine(at: Readonly<Record<'x1' | 'x2' | 'y1' | 'y2', number>>): string {
  return `<line class="grid" x1="${r(at.x1)}" x2="${r(at.x2)}" y1="${r(at.y1)}" y2="${r(at.y2)}"/>`;
}

function r(value: number): string {
  return value.toFixed(1);
}

/** 1200000 as 1.2M: axes and bars have little room. */
export function short(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (value >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`;
  return String(Number(value.toPrecision(3)));
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
