import {
  DeadLetterResolved,
  DeadLetterRetryFailed,
  refuse,
  TransientError,
  type DeadLettered,
  type EventOf,
  type RecordedEvent,
  type Refusal
} from '@leadlog/contracts'
import {
  causeOf,
  describeFailure,
  failureFingerprint,
  type EventLog,
  type HandlerContext as DeliveryContext
} from '@leadlog/event-log'
import type { CommandContext } from '../command/command-handler.ts'
import { factsOf, recordAct, type DeadLetterFile } from './dead-letter-file.ts'

/** `dry`: nothing is sent and nothing recorded. */
export type RunMode = 'live' | 'dry'

/** Runs one message through the handler that gave it up. @throws what the handler throws */
export type RunMessage = (message: RecordedEvent, delivery: DeliveryContext, attemptToken: string) => Promise<void>

/** A service as far as its dead letters are concerned. */
export interface OperatorHost {
  readonly service: string
  readonly log: EventLog
  /** The handler of that name; undefined for one that the service does not have, null for one that has no dry run. */
  readonly findHandler: (name: string, mode: RunMode) => RunMessage | null | undefined
}

/** How a run ended; what the sender of the command is told. */
export interface Attempt {
  readonly outcome: 'ok' | 'failed'
  readonly code: string | null
  readonly message: string | null
  readonly fingerprint: string | null
}

/** A run that went through. */
export const attempted: Attempt = { outcome: 'ok', code: null, message: null, fingerprint: null }

/** A run that failed. */
export function failedWith({ code, message, fingerprint }: { code: string; message: string; fingerprint: string }) {
  return { outcome: 'failed', code, message, fingerprint } satisfies Attempt
}

/**
 * The message, read from its stream, through its handler. What is away says nothing about the message, as ever: then
 * this throws, and the command is put off and comes again.
 */
export async function runAgain(
  { service, log, findHandler }: OperatorHost,
  { data }: EventOf<typeof DeadLettered>,
  context: CommandContext,
  mode: RunMode
): Promise<Attempt | Refusal> {
  const { handler, stream, sequence } = data
  const run = findHandler(handler, mode)
  if (run === undefined) {
    return refuse(
      'OPS_HANDLER_UNKNOWN',
      `Service ${service} has no handler ${handler} any more. Discard the dead letter`
    )
  }
  if (run === null) {
    return refuse('OPS_CANNOT_SIMULATE', `${service}/${handler} cannot run without calling outside. Retry one instead`)
  }
  const { commandId, logger, signal, cause } = context
  try {
    const message = await log.get(stream, sequence)
    if (!message) {
      return refuse(
        'OPS_MESSAGE_GONE',
        `Message ${sequence} of ${stream} is past its retention. Discard the dead letter`
      )
    }
    const delivery = { attempt: data.attempt + 1, cause: causeOf(message, cause.traceparent), logger, signal }
    await run(message, delivery, commandId)
    return attempted
  } catch (error) {
    const isAway = error instanceof TransientError && !error.countsAsAttempt
    if (isAway || signal.aborted) throw error
    const failure = describeFailure(error)
    const fingerprint = failureFingerprint(service, handler, failure.code, failure.message)
    return failedWith({ ...failure, fingerprint })
  }
}

/** Records how a run ended; the refusal where somebody else closed the letter meanwhile. */
export async function recordRetry(
  log: EventLog,
  file: DeadLetterFile,
  { cause, actor }: CommandContext,
  { outcome, code, message, fingerprint }: Attempt
): Promise<Refusal | null> {
  const facts = factsOf(file.letter)
  if (outcome === 'ok') return recordAct(log, file, { cause, actor, definition: DeadLetterResolved, data: facts })
  const data = { ...facts, code: code ?? '', message: message ?? '', fingerprint: fingerprint ?? '' }
  return recordAct(log, file, { cause, actor, definition: DeadLetterRetryFailed, data })
}
