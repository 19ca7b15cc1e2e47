import type { EventDefinition, EventOf, RecordedEvent } from '@leadlog/contracts'
import type { Kysely } from 'kysely'
import { ProjectionError } from '../errors.ts'
import type { Projection } from './define-projection.ts'
import { subscriptionsOf, type Subscription } from './subscription.ts'
import { parseTableName, type TableName } from './table-name.ts'

/**
 * A projection that writes SQL of its own, for what a fold cannot express. It runs with the same checkpoint, fence
 * and poison handling, but has no as-of, no diff and no rebuild beside the live tables: it is emptied and run again.
 */
export interface WriteProjection {
  readonly kind: 'write'
  readonly name: string
  readonly version: number
  /** Every table it writes; the first gives the projection its schema. */
  readonly tables: readonly TableName[]
  readonly subscriptions: readonly Subscription[]
  key(event: RecordedEvent): readonly string[]
  setup(): readonly string[]
  write(db: Kysely<unknown>, events: readonly RecordedEvent[]): Promise<void>
}

/** Either kind of projection; `kind` tells them apart. */
export type AnyProjection = Projection | WriteProjection

export interface WriteProjectionDeclaration<Database, D extends EventDefinition> {
  readonly name: string
  readonly version: number
  readonly tables: readonly [string, ...string[]]
  readonly on: readonly D[]
  readonly streams?: { readonly [T in D['type']]?: string }
  /** Under which key a failing event is parked; the event's subject where absent. */
  key?(event: EventOf<D>): string | null
  /** Statements that create what is missing: `create table if not exists …`. */
  setup(): readonly string[]
  /** Runs inside the batch's transaction; must not commit, and must touch its own tables only. */
  write(db: Kysely<Database>, events: readonly EventOf<D>[]): Promise<void>
}

/**
 * The escape hatch beside {@link defineProjection}. `Database` describes the tables for Kysely:
 * `defineWriteProjection<Tables>()({ … })`.
 */
export function defineWriteProjection<Database>() {
  return <const D extends EventDefinition>(declaration: WriteProjectionDeclaration<Database, D>): WriteProjection => {
    const { name, version, on } = declaration
    if (!Number.isInteger(version) || version < 1 || on.length === 0) {
      throw new ProjectionError('PROJECTION_INVALID', `Projection ${name}: needs a version from 1 and events under on`)
    }
    const key = declaration.key?.bind(declaration) as ((event: RecordedEvent) => string | null) | undefined
    const write = declaration.write.bind(declaration) as unknown as WriteProjection['write']
    return Object.freeze({
      kind: 'write',
      name,
      version,
      tables: declaration.tables.map(parseTableName),
      subscriptions: subscriptionsOf(
        on,
        declaration.streams as Readonly<Record<string, string | undefined>> | undefined
      ),
      key: (event: RecordedEvent) => [key?.(event) ?? event.subject],
      setup: () => declaration.setup(),
      write
    } satisfies WriteProjection)
  }
}
