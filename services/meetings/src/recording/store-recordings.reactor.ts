import {
  MeetingRecordingDeleted,
  MeetingRecordingReported,
  MeetingRecordingStored,
  MeetingRecordingUnavailable,
  MeetingTranscribed,
  newEvent,
  PermanentError,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { isPersonErased } from '@leadlog/event-log'
import type { WrittenFile } from '@leadlog/files'
import { defineReactor, type HandlerContext } from '@leadlog/service'
import type { ZoomDownload } from '@leadlog/zoom'
import type { MeetingsDeps } from '../deps.ts'
import { fetchFile, type Gap } from './fetch-file.ts'
import { deleteFile, FILES_KIND, recordingOf, recordingRef } from './recording.ts'
import { isTranscribed, loadWhole, transcribe } from './transcribe.ts'

type Report = DataOf<typeof MeetingRecordingReported>

/** Recordings at once in one process: each streams, none is held in memory. */
const AT_ONCE = 2

/** A day of video, and many times over what is said in one. */
const MOST_BYTES = { video: 16 * 1024 ** 3, audio: 16 * 1024 ** 3, transcript: 4 * 1024 ** 2 } as const

const CONTENT_TYPES = { video: 'video/mp4', audio: 'audio/mp4' } as const

/** Recordings that Zoom has → sealed files of ours, or what was said, or the reason why there is neither. */
export const storeMeetingRecordings = defineReactor({
  name: 'store-meeting-recordings',
  on: [MeetingRecordingReported],
  emits: [MeetingRecordingStored, MeetingRecordingUnavailable, MeetingRecordingDeleted, MeetingTranscribed],
  concurrency: AT_ONCE,
  orderKey: (event) => (event.data as Report).recordingId,
  handle: async ({ data }, deps: MeetingsDeps, context) => {
    try {
      await keep(data, deps, context)
    } catch (error) {
      if (!isPersonErased(error)) throw error
    }
    await deleteWhereErased(data.recordingId, deps, context)
  }
})

async function keep(report: Report, deps: MeetingsDeps, context: HandlerContext): Promise<void> {
  const { recordingId, meetingId, personId, kind, fileId, webhookId } = report
  const before = recordingOf((await context.load(recordingRef(recordingId))).events)
  if (before.stored?.personId === personId) return
  if (kind === 'transcript' && isTranscribed((await loadWhole(meetingId, context)).history, recordingId)) return
  if ((await deps.keys.keyState(personId)) === 'destroyed') {
    await noteGap(report, { reason: 'erased', detail: 'The person was erased' }, context)
    return
  }
  const { attempt, clock, signal } = context
  const fetched = await fetchFile({ webhookId, fileId, attempt, now: clock.now() }, deps)
  if ('reason' in fetched) {
    await noteGap(report, fetched, context)
    return
  }
  const stop = (): void => void fetched.body.destroy(new Error('The service stops'))
  signal.addEventListener('abort', stop, { once: true })
  try {
    if (/^(text\/html|application\/json)/i.test(fetched.contentType ?? '')) {
      await noteGap(report, { reason: 'refused', detail: 'Zoom gave a page and not the file' }, context)
    } else if ((fetched.contentLength ?? 0) > MOST_BYTES[kind]) {
      // Not fetched for hours to be thrown away; what does not say how long it is is measured on its way.
      const detail = `It has ${String(fetched.contentLength)} bytes and may have ${MOST_BYTES[kind]}`
      await noteGap(report, { reason: 'too-large', detail }, context)
    } else if (kind === 'transcript') {
      const gap = await transcribe(report, await textOf(fetched), stepOf('transcribed', context), context)
      if (gap !== null) await noteGap(report, gap, context)
    } else await store(report, kind, fetched, deps, context)
  } catch (error) {
    const gap = error instanceof PermanentError ? GAPS[error.code] : undefined
    if (gap === undefined) throw error
    await noteGap(report, { reason: gap, detail: (error as Error).message }, context)
  } finally {
    signal.removeEventListener('abort', stop)
    fetched.body.destroy()
  }
}

const GAPS: Readonly<Record<string, Gap['reason']>> = {
  FILES_TOO_LARGE: 'too-large',
  MEETINGS_TRANSCRIPT_TOO_LARGE: 'too-large',
  MEETINGS_TRANSCRIPT_UNREADABLE: 'unreadable',
  KEYRING_KEY_DESTROYED: 'erased'
}

async function store(
  report: Report,
  kind: 'video' | 'audio',
  { body }: ZoomDownload,
  { files }: MeetingsDeps,
  context: HandlerContext
): Promise<void> {
  const { recordingId, meetingId, personId, startedAt, endedAt } = report
  const content = body as AsyncIterable<Uint8Array>
  const file: WrittenFile = await files.write({
    kind: FILES_KIND,
    owner: recordingId,
    keyId: personId,
    content,
    maxBytes: MOST_BYTES[kind]
  })
  const isKept = (events: readonly RecordedEvent[]): boolean => recordingOf(events).stored?.personId === personId
  const replaced = recordingOf((await context.load(recordingRef(recordingId))).events).stored
  await context.transact({
    step: stepOf('stored', context),
    load: [recordingRef(recordingId)],
    decide: ([history]) =>
      isKept(history?.events ?? [])
        ? []
        : [
            newEvent(MeetingRecordingStored, recordingId, {
              ...{ recordingId, meetingId, personId, kind, startedAt, endedAt },
              file: file.name,
              contentType: CONTENT_TYPES[kind],
              sizeBytes: file.size,
              digest: file.digest,
              storedAt: context.clock.now().toISOString()
            })
          ]
  })
  const kept = recordingOf((await context.load(recordingRef(recordingId))).events).stored
  // Another process, or an attempt that was thought lost, was quicker.
  if (kept?.file !== file.name) await files.remove(file.name)
  else if (replaced !== null && replaced.file !== file.name) await files.remove(replaced.file)
}

async function textOf({ body }: ZoomDownload): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of body as AsyncIterable<Uint8Array>) {
    size += piece.length
    if (size > MOST_BYTES.transcript) {
      throw new PermanentError('MEETINGS_TRANSCRIPT_TOO_LARGE', 'The transcript is larger than any that was spoken')
    }
    pieces.push(Buffer.from(piece))
  }
  return Buffer.concat(pieces).toString('utf8')
}

async function noteGap(report: Report, { reason, detail }: Gap, context: HandlerContext): Promise<void> {
  const { recordingId, meetingId, personId, kind } = report
  await context.transact({
    step: stepOf(reason, context),
    load: [recordingRef(recordingId)],
    decide: ([history]) =>
      recordingOf(history?.events ?? []).stored?.personId === personId
        ? []
        : [
            newEvent(MeetingRecordingUnavailable, recordingId, {
              ...{ recordingId, meetingId, personId, kind, reason, detail },
              at: context.clock.now().toISOString()
            })
          ]
  })
}

/** A retry by an operator may store what an attempt before could not. */
function stepOf(what: string, { attemptToken }: HandlerContext): string {
  return attemptToken === '' ? what : `${what}/${attemptToken}`
}

/** An erasure that went on while the file was fetched did not know of it. */
async function deleteWhereErased(recordingId: string, deps: MeetingsDeps, context: HandlerContext): Promise<void> {
  const ref = recordingRef(recordingId)
  const { events } = await context.load(ref)
  const { stored, deleted } = recordingOf(events)
  if (stored === null || deleted !== null || (await deps.keys.keyState(stored.personId)) !== 'destroyed') return
  const deletedAt = context.clock.now().toISOString()
  await deleteFile(deps.files, events, { reason: 'erasure', deletedAt }, (decide) =>
    context.transact({ step: 'erased', load: [ref], decide: ([history]) => decide(history?.events ?? []) })
  )
}
