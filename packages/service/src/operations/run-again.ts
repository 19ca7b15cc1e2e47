import {
  DeadLetterResolved,
  DeadLetterRetryFailed,
  refuse,
  TransientError,
  type DeadLettered,
  type EventOf,
  type FlagName,
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
import type { RunOptions } from '../handler/reactor-context.ts'
import { factsOf, recordAct, type DeadLetterFile } from './dead-letter-file.ts'

/** `dry`: nothing is sent and nothing recorded. */
export type RunMode = 'live' | 'dry'

/** Runs one message through one handler. @throws what the handler throws */
export type RunMessage = (message: RecordedEvent, delivery: DeliveryContext, options: RunOptions) => Promise<void>

/** A handler as operators reach it. */
export interface OperatedHandler {
  readonly run: RunMessage
  /** Null for a handler that has no dry run. */
  readonly rehearse: RunMessage | null
  /** The types of events that it takes, without their versions. */
  readonly takes: ReadonlySet<string>
  readonly stream: string
  /** Names of the effects that it makes once more where it is told to. */
  readonly repeatable: readonly string[]
  /** The flag that is off and pauses it; null where none is. */
  readonly pausedBy: FlagName | null
}

/** A service as far as operators are concerned. */
export interface OperatorHost {
  readonly service: string
  readonly log: EventLog
  /** Undefined for a handler that the service does not have. */
  readonly findHandler: (name: string) => OperatedHandler | undefined
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

/** The message of a dead letter, read from its stream, through the handler that gave it up. @throws as {@link attempt} */
export async function runAgain(
  { service, log, findHandler }: OperatorHost,
  { data }: EventOf<typeof DeadLettered>,
  context: CommandContext,
  mode: RunMode
): Promise<Attempt | Refusal> {
  const { handler, stream, sequence } = data
  const found = findHandler(handler)
  if (!found) {
    return refuse(
      'OPS_HANDLER_UNKNOWN',
      `Service ${service} has no handler ${handler} any more. Discard the dead letter`
    )
  }
  if (mode === 'live' && found.pausedBy !== null) return refuseOff(`${service}/${handler}`, found.pausedBy)
  const run = mode === 'live' ? found.run : found.rehearse
  if (run === null) {
    return refuse('OPS_CANNOT_SIMULATE', `${service}/${handler} cannot run without calling outside. Retry one instead`)
  }
  return attempt({ service, handler, log, stream, sequence }, context, {
    ifGone: 'Discard the dead letter',
    run: (message, delivery) =>
      run(
        message,
        { ...delivery, attempt: data.attempt + 1 },
        { attemptToken: context.commandId, repeats: new Set<string>() }
      )
  })
}

/** A person who tries something again does not get around a flag that somebody switched off. */
export function refuseOff(handler: string, flag: FlagName): Refusal {
  return refuse('OPS_SWITCHED_OFF', `${handler} is paused by the flag ${flag}. Switch that on, then try again`)
}

/** One message of a stream, for one handler. */
export interface MessagePlace {
  readonly service: string
  readonly handler: string
  readonly log: EventLog
  readonly stream: string
  readonly sequence: number
}

/**
 * Reads the message and runs it. What is away says nothing about the message, as ever: then this throws, and the command
 * is put off and comes again.
 */
export async function attempt(
  { service, handler, log, stream, sequence }: MessagePlace,
  { logger, signal, cause }: CommandContext,
  how: {
    readonly ifGone: string
    readonly run: (
      message: RecordedEvent,
      delivery: Omit<DeliveryContext, 'attempt'>
    ) => Promise<Refusal | undefined | void>
  }
): Promise<Attempt | Refusal> {
  try {
    const message = await log.get(stream, sequence)
    if (!message) {
      return refuse('OPS_MESSAGE_GONE', `Message ${sequence} of ${stream} is past its retention. ${how.ifGone}`)
    }
    return (await how.run(message, { cause: causeOf(message, cause.traceparent), logger, signal })) ?? attempted
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
