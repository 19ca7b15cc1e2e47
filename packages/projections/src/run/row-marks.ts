/** What is known of the rows that a projection made of one stream. */
interface Known {
  /**
   * The live table, as this life of Postgres numbers it: a system that is restored elsewhere comes by the same numbers and
   * sequences with other rows, while what was kept beside it may still be there.
   */
  readonly table: string
  /** The newest sequence at which rows may have changed. */
  readonly sequence: number
  /** Changes without a newer sequence: keys that were parked and then went through. */
  readonly further: number
}

/** Marks of rows: see `markOf` of the position watch. */
export interface RowMarks {
  of(projections: readonly string[]): string | null
  /** Whether what the projection made of the stream has a mark; if not, checkpoints are to be read. */
  knows(projection: string, stream: string): boolean
  /** Rows changed up to a sequence. */
  changed(projection: string, stream: string, sequence: number): void
  /** The projection's table was swapped: nothing is known until it is read. */
  unsure(projection: string): void
  /** Before checkpoints are read; what becomes unsure after it is not settled by that reading. */
  asking(): number
  read(asked: number, found: { projection: string; stream: string; sequence: number; table: string }): void
  following(now: boolean): void
}

export function createRowMarks(): RowMarks {
  const known = new Map<string, Map<string, Known>>()
  const unsure = new Map<string, number>()
  let turn = 0
  let follows = false

  const unsureOf = (projection: string): void => {
    turn += 1
    unsure.set(projection, turn)
  }

  const put = (projection: string, stream: string, next: Known): void => {
    const streams = known.get(projection) ?? new Map<string, Known>()
    known.set(projection, streams.set(stream, next))
  }

  return {
    of(projections) {
      if (!follows || projections.some((name) => unsure.has(name) || !known.has(name))) return null
      const parts = projections.map((name) =>
        [...(known.get(name) ?? [])]
          .map(([stream, { table, sequence, further }]) => `${stream}:${table}:${sequence}:${further}`)
          .sort()
      )
      return JSON.stringify(parts)
    },
    knows: (projection, stream) => !unsure.has(projection) && known.get(projection)?.has(stream) === true,
    changed(projection, stream, sequence) {
      const before = known.get(projection)?.get(stream)
      // Not read yet: it will be, from a table that has the change. Until then the mark would lack it.
      if (!before) return unsureOf(projection)
      const newer = sequence > before.sequence
      put(projection, stream, newer ? { ...before, sequence } : { ...before, further: before.further + 1 })
    },
    unsure: unsureOf,
    asking: () => turn,
    read(asked, { projection, stream, sequence, table }) {
      if ((unsure.get(projection) ?? 0) > asked) return
      unsure.delete(projection)
      const before = known.get(projection)?.get(stream)
      if (before?.table === table && before.sequence >= sequence) return
      put(projection, stream, { table, sequence, further: before?.further ?? 0 })
    },
    following: (now) => void (follows = now)
  }
}
