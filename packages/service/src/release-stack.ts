import type { Logger } from './logger.ts'

/** What must be let go at the end, in the reverse order of its making. */
export interface ReleaseStack {
  add(name: string, release: () => Promise<void> | void): void
  /** Releases everything once; a failure is logged and does not keep the rest from being released. */
  release(): Promise<void>
}

export function createReleaseStack(logger: Logger): ReleaseStack {
  const releases: { name: string; release: () => Promise<void> | void }[] = []
  let released: Promise<void> | undefined
  const releaseAll = async (): Promise<void> => {
    for (const { name, release } of releases.reverse()) {
      try {
        await release()
      } catch (error) {
        logger.error({ err: error, part: name }, 'a part did not stop cleanly')
      }
    }
  }
  return {
    add: (name, release) => void releases.push({ name, release }),
    release: () => (released ??= releaseAll())
  }
}
