/** What a client may do. `personal`: read what identifies a person. `command`: ask services to do something. */
export type Scope = 'read' | 'personal' | 'command'

/** Who makes a request. */
export interface Client {
  /** As in an event's actor: `api-key:default`. */
  readonly actor: `api-key:${string}`
  readonly scopes: ReadonlySet<Scope>
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null where the request carries no key, or a wrong one. */
    client: Client | null
  }
}
