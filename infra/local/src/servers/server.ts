import type { ChildExit } from '../processes/child.ts'

/** A running server of the local set. Every server listens on 127.0.0.1 only. */
export interface LocalServer {
  readonly url: string
  readonly port: number
  /** The process id at this moment; changes with `restart`. */
  readonly pid: number
  /** Resolves when the present process ends, for whatever reason. */
  readonly exited: Promise<ChildExit>
  /** Ends the server cleanly; its data stays. */
  stop(): Promise<void>
  /** Ends the server at once (SIGKILL by default), as a crash would. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Starts it again on the same port and data, stopping it first if it runs; resolves when it answers. */
  restart(): Promise<void>
}
