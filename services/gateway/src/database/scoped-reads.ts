import type { Logger } from '@leadlog/service'
import { sql } from 'kysely'
import pg from 'pg'
import type { ReadDatabase } from './database.ts'
import { openReadDatabase } from './open-read-database.ts'
import { CLAIMS, READER_ROLE } from './row-policies.ts'

/** Which rows a read may see. `own`: those of leads whose meetings the address hosts. */
export type ReadScope = { readonly reads: 'all' | 'admin' } | { readonly reads: 'own'; readonly email: string }

/** Reads on behalf of somebody. Postgres decides by row which of them are to be seen. */
export interface ScopedReads {
  /** Runs the read in one transaction under the scope's claims; all its queries see the same moment. */
  as<T>(scope: ReadScope, read: (db: ReadDatabase) => Promise<T>): Promise<T>
  /** For proofs only: the connections without any claim. */
  readonly unclaimed: ReadDatabase
  close(): Promise<void>
}

/**
 * Connections that are the reader's role from their first moment, and go back to it by themselves: without claims they
 * see nothing.
 */
export function openScopedReads(options: { url: string; logger: Logger }): ScopedReads {
  const reader = openReadDatabase({ ...options, role: READER_ROLE })
  return {
    as: (scope, read) =>
      reader.db.connection().execute(async (connection) => {
        await sql.raw(beginAs(scope)).execute(connection)
        try {
          const answer = await read(connection)
          await sql`commit`.execute(connection)
          return answer
        } catch (error) {
          // A connection that is gone has nothing to roll back; the next transaction sets its claims itself.
          await sql`rollback`.execute(connection).catch(() => undefined)
          throw error
        }
      }),
    unclaimed: reader.db,
    close: () => reader.close()
  }
}

/** One round trip. Both claims are set each time, and end with the transaction. */
function beginAs(scope: ReadScope): string {
  const email = scope.reads === 'own' ? scope.email.trim().toLowerCase() : ''
  return (
    'begin isolation level repeatable read read only; ' +
    `set local ${CLAIMS.reads} = ${pg.escapeLiteral(scope.reads)}; ` +
    `set local ${CLAIMS.email} = ${pg.escapeLiteral(email)}`
  )
}
