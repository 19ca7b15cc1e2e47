import { ERASED, isEvent, WebhookReceived } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import type { Keyring } from '@leadlog/keyring'
import { rawMessages, streamsOnDisk } from './raw-messages.ts'
import type { TextSearch } from './text-search.ts'

/** A message that names the person. */
export interface Mention {
  /** The stream's name on the server. */
  readonly stream: string
  readonly sequence: number
  readonly subject: string
  /** `plain`: in the stored bytes. `sealed`: in what opens under the key of a day or of another person. */
  readonly how: 'plain' | 'sealed'
  /** Of the person whose event it is; null for a raw webhook or a message that belongs to nobody. */
  readonly ownerId: string | null
}

export interface MentionSearch {
  readonly mentions: readonly Mention[]
  /** Messages looked at, by stream. */
  readonly looked: Readonly<Record<string, number>>
}

/** Looks through every message of every stream: its bytes, and what they open to. */
export async function findMentions(
  log: EventLog,
  keyring: Pick<Keyring, 'openBytes'>,
  search: TextSearch,
  signal: AbortSignal
): Promise<MentionSearch> {
  const mentions: Mention[] = []
  const looked: Record<string, number> = {}
  for (const stream of await streamsOnDisk(log)) {
    looked[stream] = 0
    for await (const message of rawMessages(log, stream)) {
      signal.throwIfAborted()
      looked[stream] += 1
      const place = { stream, sequence: message.sequence, subject: message.subject }
      if (search.foundIn(message.data)) mentions.push({ ...place, how: 'plain', ownerId: null })
      else {
        const opened = await openedTo(log, keyring, stream, message)
        if (opened && search.foundIn(opened.bytes)) mentions.push({ ...place, how: 'sealed', ownerId: opened.ownerId })
      }
    }
  }
  return { mentions, looked }
}

/** What the message says when its keys are there; null where it is no event, or cannot be read. */
async function openedTo(
  log: EventLog,
  keyring: Pick<Keyring, 'openBytes'>,
  serverStream: string,
  message: { sequence: number; data: Uint8Array }
): Promise<{ bytes: Uint8Array; ownerId: string | null } | null> {
  const stream = log.naming.logicalStream(serverStream)
  if (stream !== 'INGEST' && stream !== 'EVENTS' && stream !== 'COMMANDS') return null
  try {
    const event = await log.decode({ stream, sequence: message.sequence, payload: message.data })
    if (!isEvent(event, WebhookReceived)) {
      return { bytes: Buffer.from(JSON.stringify(event.data)), ownerId: event.keyid ?? null }
    }
    const bytes = await keyring.openBytes(event.data.keyId, event.data.body, `webhook/${event.id}`)
    return bytes === ERASED ? null : { bytes, ownerId: null }
  } catch {
    // A message that cannot be read names nobody either; the log has said so where it matters.
    return null
  }
}
