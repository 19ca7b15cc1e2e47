import { residentMiB } from '../core/process-figures.ts'

const SAMPLE_EVERY_MS = 250

/** Memory of programs while something goes on. */
export interface MemorySamples {
  /** Largest value seen by the program's name, in MiB; without those that the system does not tell of. */
  stop(): ReadonlyMap<string, number>
}

/** @param pids process ids by name; asked anew each time */
export function sampleMemory(names: readonly string[], pid: (name: string) => number | undefined): MemorySamples {
  const largest = new Map<string, number>()
  const look = (): void => {
    for (const [name, value] of memoryNow(names, pid)) largest.set(name, Math.max(value, largest.get(name) ?? 0))
  }
  look()
  const timer = setInterval(look, SAMPLE_EVERY_MS)
  return {
    stop() {
      clearInterval(timer)
      look()
      return largest
    }
  }
}

/** Memory of programs at this moment, in MiB by name. */
export function memoryNow(
  names: readonly string[],
  pid: (name: string) => number | undefined
): ReadonlyMap<string, number> {
  return new Map(
    names.flatMap((name): [string, number][] => {
      const id = pid(name)
      const value = id === undefined ? undefined : residentMiB(id)
      return value === undefined ? [] : [[name, value]]
    })
  )
}
