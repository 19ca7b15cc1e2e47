import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import type { TimelineKind } from './timeline-entry.ts'
import { timelineEntryOf, type TimelineEntry } from './timeline.schema.ts'

/** A page of what happened to a lead; null for an unknown lead. Failures and alerts come in by their correlation. */
export async function findTimeline(
  db: ReadDatabase,
  leadId: string,
  filter: { readonly kind: TimelineKind | undefined },
  sort: '-at' | 'at',
  page: PageRequest
): Promise<Page<TimelineEntry> | null> {
  const lead = await db
    .selectFrom('gateway.leads')
    .select('person_id')
    .where('id', '=', leadId)
    .where('captured', '=', true)
    .executeTakeFirst()
  if (!lead) return null
  const order: Order = { sort, column: sql.ref('t.at'), type: 'time', id: 't.id' }
  let query = db
    .selectFrom('gateway.timeline as t')
    .selectAll('t')
    .select('t.at as sort_value')
    .where((is) =>
      is.or([
        is.and([is('t.person_id', '=', lead.person_id), is('t.call_id', 'is', null), is('t.message_id', 'is', null)]),
        is('t.call_id', 'in', is.selectFrom('gateway.calls as c').select('c.id').where('c.lead_id', '=', leadId)),
        is(
          't.message_id',
          'in',
          is.selectFrom('gateway.sms_messages as m').select('m.id').where('m.lead_id', '=', leadId)
        ),
        is.and([
          is('t.person_id', 'is', null),
          is(
            't.correlation_id',
            'in',
            is
              .selectFrom('gateway.timeline as own')
              .select('own.correlation_id')
              .where('own.person_id', '=', lead.person_id)
          )
        ])
      ])
    )
  if (filter.kind !== undefined) query = query.where('t.kind', '=', filter.kind)
  const rows = await onPage(query, order, page).execute()
  return toPage(rows, order, page.limit, timelineEntryOf)
}
