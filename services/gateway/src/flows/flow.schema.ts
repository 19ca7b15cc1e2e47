import { FlowDocument, FlowIssue, Nullable, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

const LiveVersion = Type.Object({
  version: Type.Integer(),
  draft: Nullable(Type.Integer({ description: 'that it was made of' })),
  since: Timestamp,
  by: Type.String(),
  reason: Nullable(Type.String({ description: 'why it was rolled back to; null where it was published' }))
})

const flowFields = {
  id: Type.String(),
  name: Type.String(),
  live: Nullable(LiveVersion),
  numbers: Type.Array(Type.String(), { description: 'our numbers that it answers' })
}

const draftFields = {
  number: Type.Integer(),
  savedAt: Timestamp,
  savedBy: Type.String(),
  published: Type.Boolean({ description: 'new callers go through just this draft' })
}

/** A call flow as a list shows it. */
export const Flow = Type.Object({
  ...flowFields,
  draft: Type.Object({
    ...draftFields,
    issueCount: Nullable(Type.Integer({ description: 'null while the draft is being checked' }))
  })
})
export type Flow = Static<typeof Flow>

export const FlowVersion = Type.Object({
  flowId: Type.String(),
  version: Type.Integer(),
  draft: Type.Integer(),
  name: Type.String(),
  publishedAt: Timestamp,
  publishedBy: Type.String(),
  document: FlowDocument
})
export type FlowVersion = Static<typeof FlowVersion>

/** A call flow with its draft and everything that was published. */
export const FlowDetail = Type.Object({
  ...flowFields,
  draft: Type.Object({
    ...draftFields,
    document: FlowDocument,
    issues: Nullable(Type.Array(FlowIssue, { description: 'null while the draft is being checked' }))
  }),
  versions: Type.Array(FlowVersion, { description: 'the newest first' })
})
export type FlowDetail = Static<typeof FlowDetail>
