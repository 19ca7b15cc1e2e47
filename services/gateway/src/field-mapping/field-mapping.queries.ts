import type { Static } from '@sinclair/typebox'
import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import type { FieldMappingAnswer, FieldMappingVersionAnswer } from './field-mapping.schema.ts'
import type { FieldMappingRow } from './field-mappings.projection.ts'

/** Writes that are looked at for a value of each field. */
const SAMPLED_WRITES = 40
/** What a person reads; older versions are in the event log. */
const MOST_VERSIONS = 200

/** The mapping of the CRM that was in use last; null before the CRM sync ever started. */
export async function findFieldMapping(db: ReadDatabase): Promise<FieldMappingAnswer | null> {
  const row = await findNewest(db)
  if (row === undefined) return null
  const [samples, errors, parked] = [
    await findSamples(db, row.id),
    await findLastErrors(db, row.id),
    await findParked(db)
  ]
  return answerOf(row, samples, errors, parked)
}

/** The versions of the same mapping, the newest first; null before the CRM sync ever started. */
export async function findFieldMappingVersions(
  db: ReadDatabase
): Promise<Static<typeof FieldMappingVersionAnswer>[] | null> {
  const newest = await findNewest(db)
  if (newest === undefined) return null
  const rows = await db
    .selectFrom('gateway.field_mapping_versions')
    .selectAll()
    .where('provider', '=', newest.id)
    .orderBy('version', 'desc')
    .limit(MOST_VERSIONS)
    .execute()
  return rows.map(({ version, at, actor, reason, restores, checked, changes }) => ({
    version,
    at,
    actor,
    reason,
    restores,
    checked,
    changes: [...changes]
  }))
}

async function findNewest(db: ReadDatabase): Promise<FieldMappingRow | undefined> {
  return db.selectFrom('gateway.field_mappings').selectAll().orderBy('changed_at', 'desc').limit(1).executeTakeFirst()
}

type Errors = ReadonlyMap<string, NonNullable<FieldMappingAnswer['fields'][number]['lastError']>>

function answerOf(
  row: FieldMappingRow,
  samples: ReadonlyMap<string, unknown>,
  errors: Errors,
  parked: FieldMappingAnswer['parked']
): FieldMappingAnswer {
  const { mapping, configured, problems } = row
  const places = new Map(mapping.fields.map((place) => [place.field, place]))
  const usual = new Map((configured ?? mapping).fields.map((place) => [place.field, place]))
  const names = [...new Set([...usual.keys(), ...places.keys()])]
  const found = [...(problems ?? [])]
  // What is wrong with a pick list of statuses is shown with the status.
  const ofStatus = (name: string | null) =>
    name === null
      ? []
      : found.filter(
          ({ kind, field, problem }) => kind === 'choice-missing' && field === 'status' && problem.endsWith(`"${name}"`)
        )
  return {
    provider: row.id,
    module: mapping.module,
    version: row.version,
    changedAt: row.changed_at,
    checkedAt: row.checked_at,
    checkedBecause: row.checked_because,
    fields: names.map((field) => {
      const place = places.get(field)
      const wrong = found.filter((problem) => problem.field === field)
      return {
        field,
        apiName: place?.apiName ?? null,
        configured: usual.get(field)?.apiName ?? null,
        format: place?.format ?? usual.get(field)?.format ?? null,
        maxLength: place?.maxLength ?? usual.get(field)?.maxLength ?? null,
        state: stateOf(place !== undefined, problems !== null, wrong.length > 0),
        problems: wrong,
        lastError: (place && errors.get(place.apiName)) ?? null,
        sample: (place && samples.get(place.apiName)) ?? null
      }
    }),
    statuses: Object.entries(mapping.statuses).map(([status, name]) => ({ status, name, problems: ofStatus(name) })),
    otherProblems: found.filter(({ field }) => field === null),
    parked
  }
}

function stateOf(isWritten: boolean, isChecked: boolean, isWrong: boolean) {
  if (isWrong) return 'wrong'
  if (!isWritten) return 'off'
  return isChecked ? 'fits' : 'unchecked'
}

/** The newest value of each field, from the newest writes. */
async function findSamples(db: ReadDatabase, provider: string): Promise<ReadonlyMap<string, unknown>> {
  const rows = await db
    .selectFrom('gateway.crm_writes')
    .select('field_values')
    .where('provider', '=', provider)
    .where('kind', '=', 'record')
    .where('state', 'in', ['written', 'unchanged', 'simulated'])
    .orderBy('queued_at', 'desc')
    .orderBy('id', 'desc')
    .limit(SAMPLED_WRITES)
    .execute()
  const values = new Map<string, unknown>()
  for (const { field_values: written } of rows) {
    for (const [name, value] of Object.entries(written ?? {})) {
      if (value !== null && !values.has(name)) values.set(name, value)
    }
  }
  return values
}

async function findLastErrors(db: ReadDatabase, provider: string): Promise<Errors> {
  const rows = await db
    .selectFrom('gateway.crm_writes')
    .distinctOn('error_field')
    .select(['error_field', 'settled_at', 'error_code', 'error_message', 'lead_id'])
    .where('provider', '=', provider)
    .where('kind', '=', 'record')
    .where('state', '=', 'refused')
    .where('error_field', 'is not', null)
    .orderBy('error_field')
    .orderBy('settled_at', 'desc')
    .execute()
  return new Map(
    rows.map((row) => [
      row.error_field ?? '',
      {
        at: row.settled_at ?? '',
        code: row.error_code ?? '',
        message: row.error_message ?? '',
        leadId: row.lead_id
      }
    ])
  )
}

async function findParked(db: ReadDatabase): Promise<FieldMappingAnswer['parked']> {
  const row = await db
    .selectFrom('gateway.dead_letters')
    .select([
      sql<number>`count(*)::integer`.as('count'),
      sql<string[]>`coalesce(array_agg(distinct fingerprint), '{}')`.as('fingerprints')
    ])
    .where('service', '=', 'crm-sync')
    .where('state', '=', 'open')
    .where('code', '=', 'CRM_SYNC_MAPPING_INVALID')
    .executeTakeFirstOrThrow()
  return { count: row.count, fingerprints: row.fingerprints }
}
