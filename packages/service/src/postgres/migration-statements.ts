import { createHash } from 'node:crypto'
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type QueryResult
} from 'kysely'
import type { Migration } from 'kysely/migration'

/** What a step sends to the database, and a fingerprint of it that does not depend on how the code is laid out. */
export interface MigrationStatements {
  readonly statements: readonly string[]
  readonly checksum: string
}

/** Length in hex characters: it tells a changed step apart, it does not guard against anyone. */
const CHECKSUM_LENGTH = 16

/** Runs the step against no database at all and notes its statements. */
export async function statementsOf(step: Pick<Migration, 'up'>): Promise<MigrationStatements> {
  const statements: string[] = []
  const db = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new NotingDriver((text) => statements.push(text)),
      createIntrospector: (own) => new PostgresIntrospector(own),
      createQueryCompiler: () => new PostgresQueryCompiler()
    }
  })
  await step.up(db)
  const checksum = createHash('sha256').update(statements.join('\n')).digest('hex').slice(0, CHECKSUM_LENGTH)
  return { statements, checksum }
}

/** Answers every query with no rows. */
class NotingDriver extends DummyDriver {
  readonly #note: (text: string) => void

  constructor(note: (text: string) => void) {
    super()
    this.#note = note
  }

  override acquireConnection(): Promise<DatabaseConnection> {
    const note = this.#note
    return Promise.resolve({
      executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
        const values = parameters.length === 0 ? '' : ` ${JSON.stringify(parameters)}`
        note(`${sql.replace(/\s+/g, ' ').trim()}${values}`)
        return Promise.resolve({ rows: [] })
      },
      async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
        throw new TypeError('A migration reads nothing that it depends on')
      }
    })
  }
}
