import { setTimeout as delay } from 'node:timers/promises'
import { notice } from '../notice.ts'
import { lastLines } from '../processes/log-tail.ts'
import type { ChildExit } from '../processes/child.ts'

/** A program that fails this often in a row needs a person, not another start. */
const MAX_RESTARTS = 5

/** A program that ran this long had started well: its failures are counted anew. */
const STABLE_MS = 60_000

const FIRST_WAIT_MS = 250

/** How much of a failed program's log is shown. */
const SHOWN_LINES = 25

/** One start of a program. */
export interface Run {
  readonly pid: number | undefined
  exited: Promise<ChildExit>
  stop(): Promise<void>
}

export interface KeptProgram {
  /** The process id at this moment; undefined between two starts that failed. */
  readonly pid: number | undefined
  /** Resolves when the program was given up after failing too often; never when it is stopped. */
  readonly givenUp: Promise<void>
  stop(): Promise<void>
}

export interface KeptSpec {
  name: string
  logFile: string
  start(): Promise<Run>
  /** How many failures in a row are borne at this moment; default 5. */
  maxRestarts?(): number
}

/** Starts a program and starts it again when it ends, less and less eagerly, until it is stopped or given up. */
export async function keepRunning(spec: KeptSpec): Promise<KeptProgram> {
  const stopping = new AbortController()
  let run = await spec.start()
  const loop = async (): Promise<boolean> => {
    for (let failures = 0; ;) {
      const since = performance.now()
      const exit = await run.exited
      if (stopping.signal.aborted) return false
      failures = performance.now() - since > STABLE_MS ? 1 : failures + 1
      report(spec, exit)
      if (failures > (spec.maxRestarts?.() ?? MAX_RESTARTS)) {
        notice(`${spec.name} failed ${String(failures)} times in a row and stays down; its log is ${spec.logFile}`)
        return true
      }
      notice(`${spec.name} is started again`)
      await delay(FIRST_WAIT_MS * 2 ** (failures - 1), undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return false
      run = await startAgain(spec)
      if (stopping.signal.aborted) await run.stop()
    }
  }
  const ended = loop()
  return {
    get pid() {
      return run.pid
    },
    givenUp: new Promise((resolve, reject) => {
      ended.then((gaveUp) => gaveUp && resolve(), reject)
    }),
    async stop() {
      stopping.abort()
      await run.stop()
      await ended
    }
  }
}

async function startAgain(spec: KeptSpec): Promise<Run> {
  try {
    return await spec.start()
  } catch (error) {
    notice(error instanceof Error ? error.message : String(error))
    return { pid: undefined, exited: Promise.resolve({ code: null, signal: null }), stop: () => Promise.resolve() }
  }
}

function report(spec: KeptSpec, exit: ChildExit): void {
  const how = exit.signal === null ? `with code ${String(exit.code)}` : `by ${exit.signal}`
  notice(`${spec.name} ended ${how}; the end of its log:`)
  for (const line of lastLines(spec.logFile, SHOWN_LINES)) process.stderr.write(`  ${line}\n`)
}
