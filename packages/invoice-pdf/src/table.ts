import { LEFT, WIDTH, type Paper, type TextStyle } from './page.ts'

export interface Column {
  readonly title: string
  /** Of the page's width; the rest is the first column's. */
  readonly width: number
}

const SIZE = 8.5
const GAP = 8
const ROW_GAP = 5

/** Writes rows under their titles, which are repeated on every page. The first column is text, all others are figures. */
export function writeTable(paper: Paper, columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  const rest = WIDTH - columns.slice(1).reduce((sum, { width }) => sum + width, 0)
  const places = columns.map(({ width }, index) => ({ width: index === 0 ? rest : width, align: index > 0 }))
  const blocksOf = (cells: readonly string[], style: Omit<TextStyle, 'size'>) =>
    places.map(({ width, align }, index) =>
      paper.block(cells[index] ?? '', width - (index === 0 ? GAP : 0) - (align ? GAP : 0), {
        ...style,
        size: SIZE,
        align: align ? 'right' : 'left'
      })
    )
  const write = (blocks: ReturnType<typeof blocksOf>): void => {
    let x = LEFT
    for (const [index, block] of blocks.entries()) {
      paper.put(block, places[index]?.align === true ? x + GAP : x, paper.y)
      x += places[index]?.width ?? 0
    }
    paper.y += Math.max(...blocks.map(({ height }) => height)) + ROW_GAP
  }
  const titles = (): void => {
    write(
      blocksOf(
        columns.map(({ title }) => title),
        { weight: 'bold' }
      )
    )
    paper.rule()
    paper.y += ROW_GAP
  }
  paper.room(60)
  titles()
  for (const row of rows) {
    const blocks = blocksOf(row, {})
    if (paper.room(Math.max(...blocks.map(({ height }) => height)))) titles()
    write(blocks)
  }
  paper.rule()
  paper.y += ROW_GAP
}

/** Sums at the right, the last of them in bold; all on one page. */
export function writeSums(paper: Paper, sums: readonly (readonly [name: string, amount: string])[]): void {
  const row = 16
  paper.room(sums.length * row + 8)
  paper.y += 4
  for (const [index, [name, amount]] of sums.entries()) {
    const isLast = index === sums.length - 1
    const style = { size: isLast ? 10.5 : SIZE, weight: isLast ? ('bold' as const) : ('regular' as const) }
    if (isLast) paper.y += 3
    paper.put(paper.block(name, 220, { ...style, align: 'right' }), LEFT + WIDTH - 350, paper.y)
    paper.put(paper.block(amount, 125, { ...style, align: 'right' }), LEFT + WIDTH - 125, paper.y)
    paper.y += row
  }
}
