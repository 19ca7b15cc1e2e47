import {
  erasedValue,
  PermanentError,
  type Actor,
  type CommandData,
  type CommandDefinition,
  type RecordedEvent
} from '@leadlog/contracts'
import { eventLogErrors, unavailable } from '../errors.ts'
import { rideThrough } from '../server/ride-through.ts'
import type { CommandContext } from './command-context.ts'
import { commandSubject } from './command-outcome.ts'

/** What is sent to a service. */
export interface SendCommandRequest<C extends CommandDefinition = CommandDefinition> {
  readonly command: C
  /** From `commandId`: the same for every repetition. */
  readonly id: string
  readonly data: CommandData<C>
  /** Who asks. The events that the command leads to carry it. */
  readonly actor: Actor
  /** The id of the person with an e-mail address; the keyring's. Needed for commands with personal fields. */
  readonly personId?: ((address: string) => string) | undefined
  readonly traceparent?: string | undefined
}

/** Where the command stands; `repeated` when it had been sent before. */
export interface SentCommandPlace {
  readonly repeated: boolean
  readonly sequence: number
}

/** See EventLog.sendCommand. */
export async function sendCommand(context: CommandContext, request: SendCommandRequest): Promise<SentCommandPlace> {
  const { codec, naming, watch, reader, pipeline } = context
  const { command, id, actor } = request
  const subject = commandSubject(command, id)
  const data = storedData(request)
  const message = await codec.encode({
    id,
    definition: command.message,
    aggregateId: id,
    data,
    actor,
    correlationId: id,
    causationId: id,
    traceparent: request.traceparent,
    stream: 'COMMANDS',
    subject: naming.subject(subject),
    expectedSequence: 0
  })
  const result = await rideThrough(watch, () => pipeline('COMMANDS').append([message]))
  const sequence = result.kind === 'stored' ? result.sequences[0] : undefined
  if (sequence !== undefined) return { repeated: false, sequence }
  const stored = await rideThrough(watch, () => reader.last('COMMANDS', subject))
  if (!stored) throw unavailable('Another append of the same command is under way and not yet stored')
  const before = await codec.decode(stored)
  if (!isSameBody(command, before, data)) {
    throw new PermanentError(
      eventLogErrors.commandKeyReused,
      `Command ${id} was sent before with other data. Use a new idempotency key for a new command`
    )
  }
  return { repeated: true, sequence: stored.sequence }
}

function storedData({ command, data, personId }: SendCommandRequest): Readonly<Record<string, unknown>> {
  if (!command.personAddress) return data
  if (!personId) throw new TypeError(`Command ${command.name} has personal fields: sending it needs personId`)
  return { ...data, personId: personId(command.personAddress(data)) }
}

/**
 * Compared opened, so that no digest of personal data has to be kept. What was erased since then is left out of the
 * comparison; an older version of the command is compared as it was lifted.
 */
function isSameBody(
  command: CommandDefinition,
  before: RecordedEvent,
  data: Readonly<Record<string, unknown>>
): boolean {
  const known = before.data as Readonly<Record<string, unknown>>
  const erased = command.message.piiFields.filter((field) => {
    const schema = command.message.data.properties[field]
    return schema !== undefined && canonical(known[field]) === canonical(erasedValue(schema))
  })
  const names = new Set([...Object.keys(known), ...Object.keys(data)])
  return [...names].every((name) => erased.includes(name) || canonical(known[name]) === canonical(data[name]))
}

/** JSON with the keys of objects in one order. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part
    ) ?? 'undefined'
  )
}
