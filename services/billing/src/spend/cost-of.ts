import {
  CallPriced,
  CallTranscribed,
  derivedId,
  ExtractionRejected,
  isEvent,
  LeadIntelExtracted,
  MeddicExtracted,
  RecordingPriced,
  SmsPriced,
  WorkCompleted,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'
import type { Cost } from './cost.ts'
import { microsOf } from './micros.ts'

/** Events that tell what something cost. */
export const costCauses = [
  LeadIntelExtracted,
  MeddicExtracted,
  ExtractionRejected,
  CallTranscribed,
  CallPriced,
  SmsPriced,
  RecordingPriced,
  WorkCompleted
] as const

/** Models are charged at list prices, which are in dollars. */
const LIST_CURRENCY = 'USD'

/** A reading that an operator adopted is of a what-if, which was counted when it ended. */
const READER = 'service:enrichment'

const nothingKnown = {
  model: null,
  quantity: null,
  unit: null,
  personId: null,
  leadId: null,
  callId: null,
  messageId: null,
  meetingId: null,
  campaignId: null
}

/** What an event tells of a cost; null where it tells of none. The same event gives the same cost, by its id too. Pure. */
export function costOf(event: RecordedEvent): Cost | null {
  const cause = { ...nothingKnown, causeId: event.id, causeType: event.type, causeSequence: event.sequence }
  if (isEvent(event, LeadIntelExtracted) || isEvent(event, MeddicExtracted) || isEvent(event, ExtractionRejected)) {
    const { call, personId, meetingId, callId } = event.data
    // What rules read costs nothing.
    if (call === null || call.costMicroUsd === 0 || event.actor !== READER) return null
    return {
      ...cause,
      costId: derivedId('cost', 'reading', event.id),
      kind: 'language-model',
      amountMicros: call.costMicroUsd,
      currency: LIST_CURRENCY,
      usedAt: event.time,
      provider: call.provider,
      model: call.model,
      quantity: call.inputTokens + call.outputTokens,
      unit: 'tokens',
      personId,
      leadId: personId,
      callId: callId ?? null,
      meetingId: callId === undefined ? meetingId : null
    }
  }
  if (isEvent(event, CallTranscribed)) {
    const { call, personId, leadId, callId } = event.data
    if (call.costMicroUsd === 0) return null
    return {
      ...cause,
      costId: derivedId('cost', 'transcription', event.id),
      kind: 'transcription',
      amountMicros: call.costMicroUsd,
      currency: LIST_CURRENCY,
      usedAt: event.time,
      provider: call.provider,
      model: call.model,
      quantity: call.audioSeconds,
      unit: 'seconds',
      personId,
      leadId,
      callId
    }
  }
  if (isEvent(event, WorkCompleted)) return costOfWhatIf(event.data, event)
  if (isEvent(event, CallPriced)) {
    const { callId, callSid, durationSeconds, ...priced } = event.data
    const costId = derivedId('cost', 'call', callSid)
    return { ...cause, ...chargedByTwilio(priced), costId, kind: 'call', ...seconds(durationSeconds), callId }
  }
  if (isEvent(event, RecordingPriced)) {
    const { callId, recordingSid, durationSeconds, ...priced } = event.data
    const costId = derivedId('cost', 'recording', recordingSid)
    return { ...cause, ...chargedByTwilio(priced), costId, kind: 'recording', ...seconds(durationSeconds), callId }
  }
  if (isEvent(event, SmsPriced)) {
    const { messageId, messageSid, segments, ...priced } = event.data
    const costId = derivedId('cost', 'sms', messageSid)
    const counted = { quantity: segments, unit: segments === null ? null : ('segments' as const) }
    return { ...cause, ...chargedByTwilio(priced), costId, kind: 'sms', ...counted, messageId }
  }
  return null
}

type Priced = Pick<DataOf<typeof CallPriced>, 'price' | 'currency' | 'usedAt' | 'personId' | 'leadId'>

function chargedByTwilio({ price, currency, usedAt, personId, leadId }: Priced) {
  return { amountMicros: microsOf(price), currency, usedAt, personId, leadId, provider: 'twilio' }
}

function seconds(durationSeconds: number | null) {
  return { quantity: durationSeconds, unit: durationSeconds === null ? null : ('seconds' as const) }
}

/** A what-if asks a model for answers that nobody paid for before. */
function costOfWhatIf({ workId, kind, result }: DataOf<typeof WorkCompleted>, event: RecordedEvent): Cost | null {
  if (kind !== 'what-if') return null
  const totals = result['totals'] as Readonly<Record<string, unknown>> | null | undefined
  const amountMicros = totals?.['costMicroUsd']
  if (typeof amountMicros !== 'number' || !(amountMicros > 0)) return null
  const tokens = [totals?.['inputTokens'], totals?.['outputTokens']]
  return {
    ...nothingKnown,
    costId: derivedId('cost', 'what-if', workId),
    kind: 'language-model',
    amountMicros,
    currency: LIST_CURRENCY,
    usedAt: event.time,
    provider: 'what-if',
    quantity: tokens.reduce<number>((sum, count) => sum + (typeof count === 'number' ? count : 0), 0),
    unit: 'tokens',
    causeId: event.id,
    causeType: event.type,
    causeSequence: event.sequence
  }
}
