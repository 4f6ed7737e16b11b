/** Two kinds of plot, as SVG that shows anywhere: dark on white, without scripts or fonts of its own. */

const WIDTH = 760
const LEFT = 320
const RIGHT = 70
const ROW = 24
const OURS = '#1f6f8b'
const OTHERS = '#9aa5b1'
const COLOURS = ['#1f6f8b', '#c8553d', '#588157', '#8d6a9f', '#bc8a00', '#d0679d', '#3a86c8', '#4a4e69']

export interface Bar {
  readonly name: string
  readonly value: number
  /** Ours stand out. */
  readonly isOurs: boolean
}

/** Horizontal bars from zero. */
export function bars(title: string, given: readonly Bar[]): string {
  const shown = given.filter(({ value }) => Number.isFinite(value))
  const greatest = Math.max(...shown.map(({ value }) => value), 1)
  const parts = shown.map(({ name, value, isOurs }, row) => {
    const top = 44 + row * ROW
    const width = (value / greatest) * (WIDTH - LEFT - RIGHT)
    return [
      text(LEFT - 8, top + 13, name, 'end'),
      `<rect x="${LEFT}" y="${top}" width="${width.toFixed(1)}" height="${ROW - 7}" fill="${isOurs ? OURS : OTHERS}"/>`,
      text(LEFT + width + 6, top + 13, short(value)),
    ].join('')
  })
  return drawing(title, 44 + shown.length * ROW + 10, parts)
}

export interface Line {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
}

/** Lines on two logarithmic axes, each with its name at its end. */
export function lines(title: string, given: readonly Line[], unit: string): string {
  const height = 420
  const box = { left: 60, right: WIDTH - 170, top: 50, bottom: height - 40 }
  const all = given.flatMap(({ points }) => points)
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)]
  const x = scale(decades(xs), box.left, box.right)
  const y = scale(decades(ys), box.bottom, box.top)
  const labels = spread(given.map(({ points }) => y(points.at(-1)?.[1] ?? 1)))
  const parts = [
    ...ticks(xs).map(
      (tick) =>
        rule(x(tick), box.bottom, x(tick), box.top) + text(x(tick), box.bottom + 18, short(tick), 'middle'),
    ),
    ...ticks(ys).map(
      (tick) =>
        rule(box.left, y(tick), box.right, y(tick)) +
        text(box.left - 6, y(tick) + 4, `${short(tick)} ${unit}`, 'end'),
    ),
    ...given.map(({ name, points }, index) => {
      const path = points.map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
      const line = `<polyline points="${path}" fill="none" stroke="${colour(index)}" stroke-width="2.5"/>`
      return line + text(box.right + 8, (labels[index] ?? 0) + 4, name, 'start', colour(index))
    }),
  ]
  return drawing(title, height, parts)
}

function drawing(title: string, height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, sans-serif" font-size="13" role="img">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" fill="#fff"/>
${text(16, 26, title, 'start', '#111', ' font-weight="600" font-size="15"')}
${parts.join('\n')}
</svg>
`
}

function text(x: number, y: number, content: string, anchor = 'start', fill = '#333', more = ''): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="${fill}"${more}>${escaped(content)}</text>`
}

function rule(x1: number, y1: number, x2: number, y2: number): string {
  return `<path d="M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}" stroke="#ddd"/>`
}

/** The powers of ten around the values. */
function decades(values: readonly number[]): readonly [number, number] {
  const [low, high] = [
    Math.floor(Math.log10(Math.min(...values))),
    Math.ceil(Math.log10(Math.max(...values))),
  ]
  return [low, Math.max(high, low + 1)]
}

function ticks(values: readonly number[]): number[] {
  const [low, high] = decades(values)
  return Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index))
}

function scale([low, high]: readonly [number, number], from: number, to: number): (value: number) => number {
  return (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from)
}

/** Moves labels down until none covers another. */
function spread(heights: readonly number[]): number[] {
  const placed = [...heights]
  const order = heights.map((_, index) => index).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0))
  for (const [rank, index] of order.entries()) {
    const above = placed[order[rank - 1] ?? -1] ?? Number.NEGATIVE_INFINITY
    placed[index] = Math.max(placed[index] ?? 0, above + 16)
  }
  return placed
}

function short(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))
}

function colour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? '#333'
}

function escaped(content: string): string {
  return content.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
