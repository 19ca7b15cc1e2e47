import {
  FlowDraftSaved,
  FlowPublished,
  FlowRolledBack,
  FlowValidated,
  type FlowDocument,
  type FlowIssue
} from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { everyReader } from '../database/row-policies.ts'

/** Each call flow: its newest draft with what is wrong with it, and the version that new callers go through. */
export const flows = defineProjection({
  name: 'gateway-flows',
  version: 1,
  table: 'gateway.flows',
  columns: {
    id: column.text({ primaryKey: true }),
    name: column.text(),
    draft: column.integer(),
    draft_document: column.jsonb<FlowDocument>(),
    /** Null until the draft was checked. */
    draft_issues: column.jsonb<readonly FlowIssue[]>({ nullable: true }),
    draft_at: column.timestamptz(),
    draft_by: column.text(),
    live_version: column.integer({ nullable: true }),
    /** The draft that the live version was made of. */
    live_draft: column.integer({ nullable: true }),
    live_since: column.timestamptz({ nullable: true }),
    live_by: column.text({ nullable: true }),
    /** Why it was rolled back to; null where it was published. */
    live_reason: column.text({ nullable: true }),
    drafts_of_versions: column.jsonb<Readonly<Record<string, number>>>()
  },
  indexes: [{ on: 'draft_at desc, id desc' }],
  on: [FlowDraftSaved, FlowValidated, FlowPublished, FlowRolledBack],
  key: (event) => event.data.flowId,
  aggregateOf: (id) => ({ context: 'telephony', aggregate: 'flow', id }),
  evolve: {
    [FlowDraftSaved.type]: (row, { data, time, actor }, id) => ({
      live_version: null,
      live_draft: null,
      live_since: null,
      live_by: null,
      live_reason: null,
      drafts_of_versions: {},
      ...row,
      id,
      name: data.name,
      draft: data.draft,
      draft_document: data.document,
      draft_issues: null,
      draft_at: time,
      draft_by: actor
    }),
    [FlowValidated.type]: (row, { data }) =>
      row === null || row.draft !== data.draft ? row : { ...row, draft_issues: data.issues },
    [FlowPublished.type]: (row, { data, time, actor }) =>
      row && {
        ...row,
        live_version: data.version,
        live_draft: data.draft,
        live_since: time,
        live_by: actor,
        live_reason: null,
        drafts_of_versions: { ...row.drafts_of_versions, [String(data.version)]: data.draft }
      },
    [FlowRolledBack.type]: (row, { data, time, actor }) =>
      row && {
        ...row,
        live_version: data.toVersion,
        live_draft: row.drafts_of_versions[String(data.toVersion)] ?? null,
        live_since: time,
        live_by: actor,
        live_reason: data.reason
      }
  },
  setup: everyReader
})

export type FlowRow = RowOf<typeof flows>
