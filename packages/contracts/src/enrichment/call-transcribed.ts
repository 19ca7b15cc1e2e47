import { Type, type Static } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { Customer } from '../meetings/customer.ts'
import { AggregateId, Nullable, OneOf, PersonId, Timestamp } from '../scalars.ts'
import { CallDirection } from '../telephony/call.ts'

/** Who speaks on a call: the one at the other end, we, or one of both where the recording does not tell them apart. */
export const CallSpeaker = OneOf('customer', 'us', 'unknown')
export type CallSpeaker = Static<typeof CallSpeaker>

/** Words that were said without a pause. Times are milliseconds from the beginning of the recording. */
export const CallSegment = Type.Object({
  startMs: Type.Integer({ minimum: 0 }),
  endMs: Type.Integer({ minimum: 0 }),
  speaker: CallSpeaker,
  words: Type.String()
})
export type CallSegment = Static<typeof CallSegment>

/** Where a transcript came from and what it cost. */
export const TranscriptionCall = Type.Object({
  provider: Type.String({ description: 'openai: any server that speaks its language' }),
  model: Type.String(),
  calls: Type.Integer({ minimum: 0, description: 'requests made' }),
  audioSeconds: Type.Integer({ minimum: 0, description: 'sound sent, all channels together' }),
  costMicroUsd: Type.Integer({ minimum: 0, description: 'millionths of a US dollar, at list prices' }),
  latencyMs: Type.Integer({ minimum: 0 })
})
export type TranscriptionCall = Static<typeof TranscriptionCall>

export const CallTranscribed = defineEvent({
  type: 'enrichment.CallTranscribed.v1',
  aggregate: 'transcription',
  description:
    'A model wrote down what was said in a recording. Once per recording, unless an operator has it done again.',
  data: Type.Object({
    recordingId: AggregateId,
    callId: AggregateId,
    personId: PersonId,
    leadId: Nullable(AggregateId),
    direction: CallDirection,
    sales: Type.Boolean(),
    /** The lead as it was known then; null where the call is no lead's. */
    customer: pii(Nullable(Customer)),
    language: Nullable(Type.String()),
    /** In the order in which they were said. Empty where nobody spoke. */
    segments: pii(Type.Array(CallSegment)),
    startedAt: Timestamp,
    endedAt: Timestamp,
    contentDigest: Type.String({ description: 'SHA-256 over the segments' }),
    call: TranscriptionCall
  })
})
