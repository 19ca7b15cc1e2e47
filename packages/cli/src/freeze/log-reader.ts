import { ERASED, isEvent, parseAggregateSubject, WebhookReceived, type RecordedEvent } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import { FrozenError, type LogReader } from '@leadlog/frozen'
import type { EventIndexRow } from '@leadlog/gateway/read-models'
import type { Keyring } from '@leadlog/keyring'
import type { EventFinder } from '../events/event-finder.ts'

/** More than one event ever caused. */
const MOST_EFFECTS = 1_000

/** Reads what freezing needs from the log, personal fields opened. */
export function createLogReader(log: EventLog, keyring: Keyring, finder: EventFinder): LogReader {
  return {
    history: async (subject) => (await log.load(parseAggregateSubject(subject))).events,
    effectsOf: async (eventId) => {
      const effects = await readEvents(log, await finder.find({ causationIds: [eventId] }, MOST_EFFECTS))
      return effects.sort((a, b) => a.stream.localeCompare(b.stream) || a.sequence - b.sequence)
    },
    personId: (email) => keyring.personId(email),
    async body(event) {
      if (!isEvent(event, WebhookReceived)) throw new TypeError(`${event.type} has no body`)
      const bytes = await keyring.openBytes(event.data.keyId, event.data.body, `webhook/${event.id}`)
      if (bytes === ERASED) {
        throw new FrozenError(
          'FROZEN_PAYLOAD_GONE',
          `The payload of ${event.id} is past its retention. Freeze an event that it caused instead`
        )
      }
      return Buffer.from(bytes).toString('utf8')
    }
  }
}

/** The events of the index's rows as they stand in the log, by time. Those that their stream no longer keeps are left out. */
export async function readEvents(log: EventLog, rows: readonly EventIndexRow[]): Promise<RecordedEvent[]> {
  const events = await Promise.all(rows.map(({ stream, sequence }) => log.get(stream, Number(sequence))))
  return events
    .filter((event) => event !== null)
    .sort((a, b) => Date.parse(a.time) - Date.parse(b.time) || a.sequence - b.sequence)
}
