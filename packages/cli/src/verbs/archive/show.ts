import type { ArchivedMessage } from '@leadlog/backup'
import { isEvent, WebhookReceived } from '@leadlog/contracts'
import { archiveOptions, archivePrefix, openArchive } from '../../archive/archive-place.ts'
import { readBackupKey } from '../../backup/backup-places.ts'
import { flag } from '../../declaration/option.ts'
import { argument, defineVerb } from '../../declaration/verb.ts'
import { eventText, payloadOf } from '../../events/event-text.ts'
import { redactedEvent } from '../../events/shown-event.ts'

export const verb = defineVerb({
  description:
    'Also an event that its stream does not hold any more. Without --reveal personal fields stay sealed. With it they are ' +
    'opened, and the body of a raw webhook is shown, as far as their keys are not destroyed.',
  arguments: { event: argument('an event id, or a place such as INGEST:1234') },
  options: { ...archiveOptions, reveal: flag('open personal fields and the body of a webhook; needs the master key') },
  examples: [
    ['leadlog archive show 3f0c… --from /archive', 'by its id'],
    ['leadlog archive show INGEST:1234 --reveal', 'by its place, with personal data; the archive by ARCHIVE_URL']
  ],
  async run(context, { event: given, from, reveal }) {
    const store = await openArchive(context, from, '--from')
    const [backupKey, prefix] = [await readBackupKey(context), await archivePrefix(context)]
    const { findArchived } = await import('@leadlog/backup')
    const place = /^([A-Z_]+):(\d+)$/.exec(given)
    const wanted = place?.[1] === undefined ? given : { stream: place[1], sequence: Number(place[2]) }
    const found = await findArchived({ store, backupKey, prefix }, wanted)
    const log = reveal ? await context.connect.openLog() : await context.connect.sealedLog()
    const { stream, sequence } = found
    const event = await log.decode({ stream, sequence, payload: wholePayload(found) })
    const payload =
      reveal && isEvent(event, WebhookReceived) ? await payloadOf(context, event.id, event.data) : undefined
    const shown = reveal ? event : redactedEvent(event)
    const archived = { slice: found.slice.id, storedAt: found.storedAt.toISOString() }
    return {
      value: { event: shown, archived, ...(payload === undefined ? {} : { payload }) },
      text: () =>
        `${eventText(shown, payload, context.out.style)}\n\nin slice ${archived.slice}, stored ${archived.storedAt}`
    }
  }
})

/** The message with its data in it, where that was archived beside it: the object store may not hold it any more. */
function wholePayload({ payload, body }: ArchivedMessage): Uint8Array {
  if (body === null) return payload
  const stored = JSON.parse(Buffer.from(payload).toString('utf8')) as Record<string, unknown>
  const elsewhere = ['dataref', 'datadigest']
  const envelope = Object.fromEntries(Object.entries(stored).filter(([name]) => !elsewhere.includes(name)))
  const data = JSON.parse(Buffer.from(body).toString('utf8')) as unknown
  return Buffer.from(JSON.stringify({ ...envelope, data }), 'utf8')
}
