import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import type { Flow, FlowDetail, FlowVersion } from './flow.schema.ts'
import type { FlowRow } from './flows.projection.ts'
import type { FlowVersionRow } from './flow-versions.projection.ts'

/** A page of flows, by when their draft was saved. */
export async function findFlows(
  db: ReadDatabase,
  sort: '-savedAt' | 'savedAt',
  page: PageRequest
): Promise<Page<Flow>> {
  const order: Order = { sort, column: sql.ref('f.draft_at'), type: 'time', id: 'f.id' }
  const query = db.selectFrom('gateway.flows as f').selectAll('f').select('f.draft_at as sort_value')
  const rows = await onPage(query, order, page).execute()
  const numbers = await numbersOf(
    db,
    rows.map(({ id }) => id)
  )
  return toPage(rows, order, page.limit, (row) => ({
    ...commonOf(row, numbers),
    draft: { ...draftOf(row), issueCount: row.draft_issues?.length ?? null }
  }))
}

/** One flow with its draft and its versions; null for an unknown id. */
export async function findFlow(db: ReadDatabase, id: string): Promise<FlowDetail | null> {
  const row = await db.selectFrom('gateway.flows').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  const versions = await db
    .selectFrom('gateway.flow_versions')
    .selectAll()
    .where('flow_id', '=', id)
    .orderBy('version', 'desc')
    .execute()
  return {
    ...commonOf(row, await numbersOf(db, [id])),
    draft: { ...draftOf(row), document: row.draft_document, issues: row.draft_issues && [...row.draft_issues] },
    versions: versions.map(versionOf)
  }
}

/** One published version; null where it was never published. */
export async function findFlowVersion(db: ReadDatabase, id: string, version: number): Promise<FlowVersion | null> {
  const row = await db
    .selectFrom('gateway.flow_versions')
    .selectAll()
    .where('flow_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return row ? versionOf(row) : null
}

type Numbers = ReadonlyMap<string, readonly string[]>

async function numbersOf(db: ReadDatabase, flowIds: readonly string[]): Promise<Numbers> {
  if (flowIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('gateway.phone_numbers')
    .select(['flow_id', 'number'])
    .where('flow_id', 'in', flowIds)
    .orderBy('number')
    .execute()
  const byFlow = Map.groupBy(rows, ({ flow_id }) => flow_id ?? '')
  return new Map([...byFlow].map(([flowId, ofFlow]) => [flowId, ofFlow.map(({ number }) => number)]))
}

function commonOf(row: FlowRow, numbers: Numbers): Pick<Flow, 'id' | 'name' | 'live' | 'numbers'> {
  const { live_version: version, live_draft: draft, live_since: since, live_by: by, live_reason: reason } = row
  return {
    id: row.id,
    name: row.name,
    live: version === null || since === null || by === null ? null : { version, draft, since, by, reason },
    numbers: [...(numbers.get(row.id) ?? [])]
  }
}

function draftOf(row: FlowRow): Omit<Flow['draft'], 'issueCount'> {
  return {
    number: row.draft,
    savedAt: row.draft_at,
    savedBy: row.draft_by,
    published: row.live_draft === row.draft
  }
}

function versionOf(row: FlowVersionRow): FlowVersion {
  return {
    flowId: row.flow_id,
    version: row.version,
    draft: row.draft,
    name: row.name,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    document: row.document
  }
}
