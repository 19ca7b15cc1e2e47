import { Type, type Static } from '@sinclair/typebox'
import { AggregateId, Nullable, OneOf, PersonId, Timestamp } from '../scalars.ts'
import { Currency } from './money.ts'

/** A million main units; nothing that is bought by the call comes near. */
const MOST = 1_000_000_000_000

export const COST_KINDS = ['language-model', 'transcription', 'call', 'sms', 'recording', 'research'] as const

/** What was bought. `research` is kept for what is looked up about a lead. */
export const CostKind = OneOf(...COST_KINDS)
export type CostKind = Static<typeof CostKind>

/** Millionths of a currency's main unit: what is bought by the token or by the second costs fractions of a cent. Below zero for what was given back. */
export const Micros = Type.Integer({
  minimum: -MOST,
  maximum: MOST,
  description: "millionths of the currency's main unit: 1,000,000 is one dollar"
})

/** What a cost is of. The event that told of it is the cause. */
export const costFields = {
  costId: AggregateId,
  kind: CostKind,
  amountMicros: Micros,
  currency: Currency,
  /** When it was used, whenever its price became known: the day and the month it counts for, in UTC. */
  usedAt: Timestamp,
  provider: Type.String({ description: 'who charges it, such as twilio or gemini' }),
  model: Nullable(Type.String({ description: 'of a language model or a transcription' })),
  quantity: Nullable(Type.Integer({ minimum: 0 })),
  unit: Nullable(OneOf('tokens', 'seconds', 'segments')),
  personId: Nullable(PersonId),
  /** The lead as it was known then; a call or a message may have come to another since. */
  leadId: Nullable(AggregateId),
  callId: Nullable(AggregateId),
  messageId: Nullable(AggregateId),
  meetingId: Nullable(AggregateId),
  campaignId: Nullable(AggregateId),
  /** Id and type of the event that told of it. */
  causeId: Type.String(),
  causeType: Type.String(),
  /** Its place in the log: of two that tell of one cost the later counts, in whatever order they are handled. */
  causeSequence: Type.Integer({ minimum: 0 })
}
