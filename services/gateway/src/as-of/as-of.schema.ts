import { Nullable, Timestamp, type RecordedEvent } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import { ExpandedLead } from '../leads/expanded-lead.ts'
import { LeadDetail } from '../leads/lead.schema.ts'

/** The newest event that is part of what is shown. */
export const AsOf = Type.Object({
  sequence: Type.Integer({ description: 'of the log; `asOf=<sequence>` shows the same for ever' }),
  time: Timestamp,
  link: Type.String({ description: 'to share: shows the same for ever, but what was erased meanwhile' })
})
export type AsOf = Static<typeof AsOf>

/** A lead now, or as it was. */
export const LeadAnswer = Type.Object({
  ...LeadDetail.properties,
  asOf: Type.Optional(AsOf),
  expanded: Type.Optional(ExpandedLead)
})
export type LeadAnswer = Static<typeof LeadAnswer>

export const LeadChanges = Type.Object({
  id: Type.String(),
  from: Nullable(AsOf),
  to: AsOf,
  link: Type.String({ description: 'to share: the same two moments' }),
  changes: Type.Array(
    Type.Object({
      field: Type.String({ description: 'as in the lead: `status`, `demo.startsAt`, `fields.company`' }),
      before: Type.Unknown(),
      after: Type.Unknown(),
      event: Nullable(
        Type.Object({
          id: Type.String({ description: 'its trace shows why' }),
          type: Type.String(),
          sequence: Type.Integer(),
          time: Timestamp
        })
      )
    })
  )
})
export type LeadChanges = Static<typeof LeadChanges>

export function asOfOf(id: string, { sequence, time }: Pick<RecordedEvent, 'sequence' | 'time'>): AsOf {
  return { sequence, time, link: `/v1/leads/${id}?asOf=${String(sequence)}` }
}
