import { fork } from 'node:child_process'
import type { Teardown } from './teardown.ts'

/** A program of this folder in a process of its own, that answers one request at a time. */
export interface Worker<Requests extends RequestMap> {
  readonly pid: number
  call<Name extends keyof Requests & string>(
    name: Name,
    request: Parameters<Requests[Name]>[0]
  ): Promise<Awaited<ReturnType<Requests[Name]>>>
  stop(): Promise<void>
}

/** What a worker can be asked, by name. */
export type RequestMap = Readonly<Record<string, (request: never) => unknown>>

interface Answer {
  readonly value?: unknown
  readonly failure?: string
}

/** Starts the file as a worker. It ends with its `stop`, and by itself when this process is gone. */
export function startWorker<Requests extends RequestMap>(
  file: string,
  teardown: Teardown,
  nodeArgs: readonly string[] = []
): Worker<Requests> {
  const child = fork(file, { execArgv: ['--disable-warning=ExperimentalWarning', '--expose-gc', ...nodeArgs] })
  let waiting: { resolve(value: unknown): void; reject(error: Error): void } | undefined
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      waiting?.reject(new Error(`${file} ended with ${signal ?? String(code)}`))
      resolve()
    })
  })
  child.on('message', (answer: Answer) => {
    const caller = waiting
    waiting = undefined
    if (answer.failure === undefined) caller?.resolve(answer.value)
    else caller?.reject(new Error(answer.failure))
  })
  const stop = async (): Promise<void> => {
    if (child.connected) child.disconnect()
    await exited
  }
  teardown.add(stop)
  return {
    pid: child.pid ?? 0,
    stop,
    call: (name, request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve: (value) => resolve(value as never), reject }
        child.send({ name, request }, (error) => error && reject(error))
      })
  }
}

/** The worker's side: answers requests until whoever started it lets go, then ends. */
export function serveWorker(requests: RequestMap, end: () => Promise<unknown> = () => Promise.resolve()): void {
  const answer = (message: Answer): void => void process.send?.(message)
  process.on('message', ({ name, request }: { name: string; request: never }) => {
    Promise.resolve()
      .then(() => requests[name]?.(request))
      .then((value) => answer({ value }))
      .catch((error: unknown) =>
        answer({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      )
  })
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), END_LIMIT_MS).unref()
    void end().then(
      () => process.exit(0),
      () => process.exit(1)
    )
  })
  // Ctrl-C reaches every process of the terminal; the starter decides about the end.
  process.on('SIGINT', () => undefined)
}

/** Closing connections takes milliseconds; whoever hangs on is cut. */
const END_LIMIT_MS = 5_000
