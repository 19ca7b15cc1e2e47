/** Lets one caller at a time work on a key; others wait in order. */
export interface KeyedLock {
  /** Runs the work when all keys are free. Keys are taken in sorted order, so that two callers cannot block each other. */
  run<T>(keys: readonly string[], work: () => Promise<T>): Promise<T>
}

export function createKeyedLock(): KeyedLock {
  const tails = new Map<string, Promise<void>>()

  const acquire = async (key: string): Promise<() => void> => {
    const before = tails.get(key)
    let release: () => void = () => undefined
    const mine = new Promise<void>((resolve) => (release = resolve))
    tails.set(key, mine)
    await before
    return () => {
      if (tails.get(key) === mine) tails.delete(key)
      release()
    }
  }

  return {
    async run(keys, work) {
      const releases: (() => void)[] = []
      try {
        for (const key of [...new Set(keys)].sort()) releases.push(await acquire(key))
        return await work()
      } finally {
        for (const release of releases) release()
      }
    }
  }
}
