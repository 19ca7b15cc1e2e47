import type { ReadScope } from '../database/scoped-reads.ts'
import type { SignedInUser } from '../users/user.schema.ts'

/**
 * What a client may do. `personal`: read what identifies a person in events. `command`: ask services to do something.
 * `admin`: decide who may what.
 */
export type Scope = (typeof SCOPES)[number]
export const SCOPES = ['read', 'personal', 'command', 'admin'] as const

/** Who makes a request. */
export interface Client {
  /** As in an event's actor: `api-key:default`, `user:<id>`. */
  readonly actor: `api-key:${string}` | `user:${string}`
  /** What proved it. */
  readonly via: 'key' | 'token' | 'session' | 'panel'
  readonly scopes: ReadonlySet<Scope>
  /** The services that it may send commands to. */
  readonly commandServices: 'all' | ReadonlySet<string>
  /** The rows that it sees. */
  readonly reads: ReadScope
  /** Of a person in a browser. */
  readonly session: ClientSession | null
  /** Of a person in the panel in Zoom, where it is good for and nowhere else. */
  readonly panel?: PanelClient
}

/** The session of a person, known by its cookie. */
export interface ClientSession {
  readonly id: string
  readonly user: Readonly<SignedInUser>
}

/** A person in the panel in Zoom. */
export interface PanelClient {
  readonly user: Readonly<SignedInUser>
  /** The instance of the meeting that they are in; null outside of one. */
  readonly meetingUuid: string | null
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null where the request carries no credentials, or wrong ones. */
    client: Client | null
  }
}
