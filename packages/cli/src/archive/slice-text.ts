import type { ListedSlice, Slice } from '@leadlog/backup'
import { bytes, count } from '../output/quantity.ts'
import type { Style } from '../output/style.ts'
import { formatTable } from '../output/table.ts'

/** What a slice holds, as JSON. */
export function sliceFacts({ id, stream, month, from, to, firstTime, lastTime, ...rest }: Slice) {
  const { messages, bodies, missingBodies, madeAt } = rest
  const stored = [...rest.part.chunks, ...rest.index.chunks].reduce((sum, { size }) => sum + size, 0)
  return { id, stream, month, from, to, firstTime, lastTime, messages, bodies, missingBodies, madeAt, bytes: stored }
}

export function slicesText(slices: readonly (Slice | ListedSlice)[], style: Style): string {
  return formatTable(
    slices.map(sliceFacts),
    [
      { title: 'slice', value: ({ id }) => id },
      { title: 'month', value: ({ month }) => month },
      { title: 'messages', right: true, value: ({ messages }) => count(messages) },
      { title: 'sequences', right: true, value: ({ from, to }) => `${count(from)}–${count(to)}` },
      { title: 'stored', right: true, value: ({ bytes: size }) => bytes(size) }
    ],
    style
  )
}
