import {
  DeadLetterDiscarded,
  DeadLettered,
  type DeadLetterResolved,
  DeadLetterRetryFailed,
  derivedId,
  isEvent,
  refuse,
  type Actor,
  type DataOf,
  type EventDefinition,
  type EventOf,
  type RecordedEvent,
  type Refusal
} from '@leadlog/contracts'
import type { Cause, EventLog } from '@leadlog/event-log'

/** A dead letter with what operators did about it so far. */
export interface DeadLetterFile {
  readonly letter: EventOf<typeof DeadLettered>
  /** The newest act on it. */
  readonly last: RecordedEvent | null
}

interface DeadLetterRef {
  readonly deadLetterId: string
  readonly deadLetterSequence: number
}

/** Lost races for one dead letter: whoever loses looks again. */
const MAX_ROUNDS = 3

/** Opens the file of a dead letter of the service; the refusal where there is none. */
export async function openDeadLetter(
  log: EventLog,
  service: string,
  { deadLetterId, deadLetterSequence }: DeadLetterRef
): Promise<DeadLetterFile | Refusal> {
  const letter = await log.get('DEAD_LETTERS', deadLetterSequence)
  if (!letter || letter.id !== deadLetterId || !isEvent(letter, DeadLettered) || letter.data.service !== service) {
    return refuse(
      'OPS_DEAD_LETTER_UNKNOWN',
      `Service ${service} has no dead letter ${deadLetterId} at sequence ${deadLetterSequence}. Look it up again`
    )
  }
  return { letter, last: await log.getLast('DEAD_LETTERS', subjectOf(letter)) }
}

/** The refusal where it was closed before, by another command than this one. */
export function refuseClosed({ letter, last }: DeadLetterFile, commandId: string): Refusal | null {
  if (last === null || last.causationid === commandId || isEvent(last, DeadLetterRetryFailed)) return null
  const how = isEvent(last, DeadLetterDiscarded) ? 'discarded' : 'resolved'
  return refuse('OPS_DEAD_LETTER_CLOSED', `Dead letter ${letter.id} was ${how} before, by ${last.actor}`)
}

/** What this command recorded about it in an earlier run. */
export function actOf({ last }: DeadLetterFile, commandId: string): RecordedEvent | null {
  return last?.causationid === commandId ? last : null
}

/** What an operator did about a dead letter. */
export interface Act<D extends EventDefinition> {
  /** The command. */
  readonly cause: Cause
  readonly actor: Actor
  readonly definition: D
  readonly data: DataOf<D>
}

/** What every act says of the letter. */
export function factsOf({ id, data }: EventOf<typeof DeadLettered>) {
  return {
    deadLetterId: id,
    service: data.service,
    handler: data.handler,
    stream: data.stream,
    sequence: data.sequence
  }
}

/**
 * Records an act. Two operators at once: one comes first, and the other is refused where that closed the letter.
 */
export async function recordAct<
  D extends typeof DeadLetterResolved | typeof DeadLetterRetryFailed | typeof DeadLetterDiscarded
>(log: EventLog, file: DeadLetterFile, { cause, actor, definition, data }: Act<D>): Promise<Refusal | null> {
  const { letter } = file
  const commandId = cause.id
  let { last } = file
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const closed = refuseClosed({ letter, last }, commandId)
    if (closed) return closed
    if (last?.causationid === commandId) return null
    const expectedSequence = last?.sequence ?? 0
    const { stored, sequence } = await log.record({
      stream: 'DEAD_LETTERS',
      subject: subjectOf(letter),
      id: derivedId('dead-letter-act', commandId, letter.id),
      definition,
      aggregateId: letter.id,
      data,
      actor,
      // Of the webhook that the letter belongs to, so that whoever looks at it sees the act.
      cause: { ...cause, correlationId: letter.correlationid },
      expectedSequence
    })
    // Stored now, or by an earlier run of the same command.
    if (stored || sequence !== null) return null
    last = await log.getLast('DEAD_LETTERS', subjectOf(letter))
  }
  return refuse('OPS_DEAD_LETTER_BUSY', 'Others act on the same dead letter just now. Look at it, then try again')
}

function subjectOf({ id, data }: EventOf<typeof DeadLettered>): string {
  return `dead.${data.service}.${data.handler}.${id}`
}
