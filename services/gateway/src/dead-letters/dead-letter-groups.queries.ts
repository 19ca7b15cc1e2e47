import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import type { DeadLetterGroups } from './dead-letter-group.schema.ts'
import type { DeadLetterState } from './dead-letters.table.ts'

/** Groups that one answer lists; a person looks at no more. */
const MAX_GROUPS = 200
const SAMPLES = 5

export interface DeadLetterGroupFilter {
  readonly state: DeadLetterState | 'all'
  readonly service: string | undefined
  readonly handler: string | undefined
}

/** Dead letters by fingerprint, those that came last first. */
export async function findDeadLetterGroups(
  db: ReadDatabase,
  { state, service, handler }: DeadLetterGroupFilter
): Promise<DeadLetterGroups> {
  const newest = <T>(column: string) => sql<T>`(array_agg(${sql.ref(column)} order by d.at desc, d.id desc))[1]`
  let query = db
    .selectFrom('gateway.dead_letters as d')
    .select([
      'd.fingerprint',
      sql<number>`count(*)::integer`.as('count'),
      sql<string>`min(d.at)`.as('firstAt'),
      sql<string>`max(d.at)`.as('lastAt'),
      newest<string>('d.service').as('service'),
      newest<string>('d.handler').as('handler'),
      newest<string>('d.code').as('code'),
      newest<string>('d.message').as('message'),
      newest<string | null>('d.event_type').as('eventType'),
      sql<number>`sum(d.retries)::integer`.as('retries'),
      sql<string[]>`(array_agg(d.id order by d.at desc, d.id desc))[1:${sql.lit(SAMPLES)}]`.as('sampleIds')
    ])
    .groupBy('d.fingerprint')
    .orderBy('lastAt', 'desc')
    .orderBy('d.fingerprint')
    .limit(MAX_GROUPS + 1)
  if (state !== 'all') query = query.where('d.state', '=', state)
  if (service !== undefined) query = query.where('d.service', '=', service)
  if (handler !== undefined) query = query.where('d.handler', '=', handler)
  const rows = await query.execute()
  return { data: rows.slice(0, MAX_GROUPS), truncated: rows.length > MAX_GROUPS }
}
