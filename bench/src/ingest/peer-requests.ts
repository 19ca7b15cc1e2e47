/** What the process of a compared route can be asked. */
export type PeerRequests = {
  /** Opens the store and listens. */
  start(options: PeerOptions): Promise<{ port: number }>
  /** How many webhooks the store holds; null where nothing is stored. */
  stored(request: Record<string, never>): Promise<number | null>
}

export interface PeerOptions {
  readonly signingKey: string
  /** Address of the server that stores; empty where none does. */
  readonly server: string
}
