/** One way to accept webhooks, ready to be loaded. */
export interface Contestant {
  readonly name: string
  readonly port: number
  /** The process that answers. */
  readonly routePid: number
  /** The server that stores; undefined where none does. */
  readonly storePid: number | undefined
  /** That server, with its version. */
  readonly store: string | undefined
  /** How many webhooks its store holds; null where it stores none. */
  stored(): Promise<number | null>
}
