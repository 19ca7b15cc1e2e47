import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second for programs, whatever the kernel's own tick is. */
const TICKS_PER_SECOND = 100

/** The memory a process holds in RAM, in MiB; undefined where the system does not tell or the process is gone. */
export function residentMiB(pid: number): number | undefined {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '')
  return line ? Number(line[1]) / 1024 : undefined
}

/** Processor seconds that a process and those it started have used; 0 where the system does not tell. */
export function cpuSeconds(pid: number): number {
  const all = processes()
  const family = new Set([pid])
  for (let size = 0; size !== family.size;) {
    size = family.size
    for (const { id, parent } of all) if (family.has(parent)) family.add(id)
  }
  return all.filter(({ id }) => family.has(id)).reduce((sum, { seconds }) => sum + seconds, 0)
}

interface ProcessTimes {
  readonly id: number
  readonly parent: number
  readonly seconds: number
}

function processes(): ProcessTimes[] {
  return list('/proc').flatMap((name): ProcessTimes[] => {
    const stat = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : undefined
    // The name of the program stands in parentheses and may hold anything.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (!fields) return []
    const [parent, user, system, userOfEnded, systemOfEnded] = [1, 11, 12, 13, 14].map((at) => Number(fields[at]))
    const ticks = (user ?? 0) + (system ?? 0) + (userOfEnded ?? 0) + (systemOfEnded ?? 0)
    return [{ id: Number(name), parent: parent ?? 0, seconds: ticks / TICKS_PER_SECOND }]
  })
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
