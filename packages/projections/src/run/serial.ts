/** Runs one piece of work at a time, in the order they were given. */
export type Serial = <T>(work: () => Promise<T>) => Promise<T>

export function createSerial(): Serial {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work, work)
    last = result.catch(() => undefined)
    return result
  }
}

/** Runs the work while holding all of them. Callers must name them in one agreed order, or two could wait for each other. */
export function holdingAll<T>(serials: readonly Serial[], work: () => Promise<T>): Promise<T> {
  const [first, ...rest] = serials
  return first ? first(() => holdingAll(rest, work)) : work()
}
