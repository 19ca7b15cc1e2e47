import {
  FLAG_MEANINGS,
  FLAGS,
  LeadIntelExtracted,
  MeddicExtracted,
  RecordingStored,
  type FlagName
} from '@leadlog/contracts'
import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import type { FlagAnswer } from './flag.schema.ts'
import type { FlagRow } from './flags.projection.ts'

/** Every flag, in the order in which they are declared. */
export async function findFlags(db: ReadDatabase): Promise<FlagAnswer[]> {
  const rows = new Map((await db.selectFrom('gateway.flags').selectAll().execute()).map((row) => [row.id, row]))
  const answers: FlagAnswer[] = []
  // One after the other: within a transaction there is one connection.
  for (const flag of FLAGS) answers.push(await answerOf(db, flag, rows.get(flag)))
  return answers
}

async function answerOf(db: ReadDatabase, flag: FlagName, row: FlagRow | undefined): Promise<FlagAnswer> {
  const { service, off } = FLAG_MEANINGS[flag]
  return {
    flag,
    service,
    off,
    on: row?.is_on ?? true,
    since: row?.switched_at ?? null,
    by: row?.actor ?? null,
    reason: row?.reason ?? null,
    concerned: row === undefined || row.is_on ? 0 : await countConcerned[flag](db, row)
  }
}

const counted = sql<number>`count(*)::int`.as('count')

const countConcerned: Readonly<Record<FlagName, (db: ReadDatabase, row: FlagRow) => Promise<number>>> = {
  'crm-writes': async (db) => {
    const { count } = await db
      .selectFrom('gateway.crm_writes')
      .select(counted)
      .where('state', '=', 'queued')
      .executeTakeFirstOrThrow()
    return count
  },
  'language-model': async (db, { switched_at: since }) => {
    const { count } = await db
      .selectFrom('gateway.event_index')
      .select(counted)
      .where('type', 'in', [LeadIntelExtracted.type, MeddicExtracted.type])
      .where('time', '>=', since)
      .where(sql<boolean>`facts ->> 'fallbackBecause' = 'switched-off'`)
      .executeTakeFirstOrThrow()
    return count
  },
  transcription: async (db, { switched_at: since }) => {
    const { count } = await db
      .selectFrom('gateway.event_index')
      .select(counted)
      .where('type', '=', RecordingStored.type)
      .where('time', '>=', since)
      .executeTakeFirstOrThrow()
    return count
  }
}
