import {
  CallRecordingReported,
  newEvent,
  recordingIdOf,
  RecordingDeleted,
  RecordingStored,
  RecordingUnavailable,
  type DataOf
} from '@leadlog/contracts'
import { defineReactor, type HandlerContext } from '@leadlog/service'
import { callRef } from '../call/call-ref.ts'
import type { TelephonyDeps } from '../deps.ts'
import { callUnknown, recordingsNeedTwilio } from '../errors.ts'
import { deleteSound } from './delete-recording.ts'
import { fetchSound, type FetchedSound } from './fetch-sound.ts'
import { callParty, recordingOf, recordingRef, type CallParty } from './recording.ts'

/** Recordings at once in one process: each streams, none is held in memory. */
const AT_ONCE = 4

/** The statuses of Twilio after which nothing more comes. */
const ENDS = new Set(['completed', 'absent', 'failed'])

type Report = DataOf<typeof CallRecordingReported>

/** Recordings that Twilio has → sealed files of ours, or the reason why there is none. */
export const storeRecordings = defineReactor({
  name: 'store-recordings',
  on: [CallRecordingReported],
  emits: [RecordingStored, RecordingUnavailable, RecordingDeleted],
  concurrency: AT_ONCE,
  orderKey: (event) => (event.data as Report).recordingSid,
  handle: async (event, deps: TelephonyDeps, context) => {
    const { data } = event
    if (!ENDS.has(data.status)) return
    const recordingId = recordingIdOf(data.recordingSid)
    const ref = recordingRef(recordingId)
    const before = recordingOf((await context.load(ref)).events)
    if (before.stored === null) {
      const party = callParty((await context.load(callRef(data.callId))).events)
      if (party === null) throw callUnknown()
      await record(data, party, await soundOf(data, party, deps, context), deps, context)
    }
    await deleteWhereErased(recordingId, deps, context)
  }
})

async function soundOf(
  { status, recordingSid, channels }: Report,
  { personId }: CallParty,
  { sounds, files, keys }: TelephonyDeps,
  { attempt, signal }: HandlerContext
): Promise<FetchedSound> {
  if (status !== 'completed') {
    return { kind: 'unavailable', reason: status === 'failed' ? 'failed' : 'absent', detail: `Twilio says: ${status}` }
  }
  if ((await keys.keyState(personId)) === 'destroyed') {
    return { kind: 'unavailable', reason: 'erased', detail: 'The person was erased' }
  }
  if (sounds === null) throw recordingsNeedTwilio()
  const recordingId = recordingIdOf(recordingSid)
  return fetchSound({ source: sounds, files, recordingSid, recordingId, channels, keyId: personId, attempt, signal })
}

async function record(
  report: Report,
  party: CallParty,
  sound: FetchedSound,
  { files, flows, recordings }: TelephonyDeps,
  context: HandlerContext
): Promise<void> {
  const { callId, recordingSid, source, durationSeconds, channels, startedAt } = report
  const { personId, leadId, direction, flow } = party
  const recordingId = recordingIdOf(recordingSid)
  const ref = recordingRef(recordingId)
  const common = { recordingId, callId, personId, leadId, recordingSid }
  const at = context.clock.now().toISOString()
  // A retry by an operator may store what an attempt before could not.
  const step = `${sound.kind}${context.attemptToken === '' ? '' : `/${context.attemptToken}`}`
  if (sound.kind === 'unavailable') {
    const { reason, detail } = sound
    recordings.inc({ outcome: reason })
    await context.transact({
      step,
      load: [ref],
      decide: ([history]) =>
        recordingOf(history?.events ?? []).stored === null
          ? [newEvent(RecordingUnavailable, recordingId, { ...common, reason, detail, at })]
          : []
    })
    return
  }
  const { file, contentType } = sound
  const flowIsForSales = flow !== null && flows.document(flow.flowId, flow.version)?.sales === true
  const stored = {
    ...common,
    direction,
    sales: flowIsForSales || direction === 'outbound',
    source,
    file: file.name,
    contentType,
    sizeBytes: file.size,
    digest: file.digest,
    durationSeconds,
    channels,
    startedAt,
    storedAt: at
  }
  await context.transact({
    step,
    load: [ref],
    decide: ([history]) =>
      recordingOf(history?.events ?? []).stored === null ? [newEvent(RecordingStored, recordingId, stored)] : []
  })
  const kept = recordingOf((await context.load(ref)).events).stored
  // Another process, or an attempt that was thought lost, was quicker.
  if (kept?.file !== file.name) await files.remove(file.name)
  else recordings.inc({ outcome: 'stored' })
}

/** An erasure that went on while the sound was fetched did not know of it. */
async function deleteWhereErased(recordingId: string, deps: TelephonyDeps, context: HandlerContext): Promise<void> {
  const ref = recordingRef(recordingId)
  const { events } = await context.load(ref)
  const { stored, deleted } = recordingOf(events)
  if (stored === null || deleted !== null || (await deps.keys.keyState(stored.personId)) !== 'destroyed') return
  const deletedAt = context.clock.now().toISOString()
  await deleteSound(deps.files, events, { reason: 'erasure', note: null, deletedAt }, (decide) =>
    context.transact({ step: 'erased', load: [ref], decide: ([history]) => decide(history?.events ?? []) })
  )
}
