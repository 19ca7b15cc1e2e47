import { callStatuses, Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import { LEAD_STATUSES } from '../leads/lead.schema.ts'
import { MEETING_STATUSES } from '../meetings/meeting-summary.ts'
import { Highlight } from './highlight.ts'

export const SEARCHED = ['lead', 'meeting', 'call'] as const

/** Each word once: a meeting and a call may be canceled both. */
const STATUSES = [...new Set([...LEAD_STATUSES, ...MEETING_STATUSES, ...callStatuses])]

/** Something that was found. */
export const SearchHit = Type.Object({
  kind: OneOf(...SEARCHED),
  id: Type.String({ description: 'of `/v1/leads/{id}`, `/v1/meetings/{id}` or `/v1/calls/{id}`' }),
  title: Type.String({ description: 'name or address of a lead; title of a meeting; number of a call' }),
  detail: Nullable(
    Type.String({
      description: 'company or address of a lead; customer of a meeting; name of the lead whose call it is'
    })
  ),
  status: OneOf(...STATUSES),
  at: Timestamp,
  exact: Type.Boolean({ description: 'false: nothing has the words, this has some like them' }),
  highlights: Type.Array(Highlight)
})
export type SearchHit = Static<typeof SearchHit>

/** Best first. */
export const SearchHits = Type.Object({ data: Type.Array(SearchHit) })
export type SearchHits = Static<typeof SearchHits>
