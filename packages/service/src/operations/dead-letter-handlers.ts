import {
  DeadLetterDiscarded,
  discardDeadLetter,
  DeadLetterResolved,
  DeadLetterRetryFailed,
  isEvent,
  refuse,
  retryDeadLetter,
  simulateDeadLetter,
  type EventOf,
  type DeadLettered,
  type Refusal
} from '@leadlog/contracts'
import { causeOf, describeFailure, failureFingerprint, type EventLog, type HandlerContext } from '@leadlog/event-log'
import { defineCommandHandler, type CommandContext, type CommandHandler } from '../command/command-handler.ts'
import { actOf, factsOf, openDeadLetter, recordAct, refuseClosed, type DeadLetterFile } from './dead-letter-file.ts'

/** Runs one message through the handler that gave it up. */
export type RunAgain = (message: HandledMessage, delivery: HandlerContext, dry: boolean) => Promise<void>
type HandledMessage = NonNullable<Awaited<ReturnType<EventLog['get']>>>

export interface OperatorHost {
  readonly service: string
  readonly log: EventLog
  /** False where the service cannot replace what it calls outside. */
  readonly simulates: boolean
  /** Undefined for a handler that the service does not have. */
  findHandler(name: string): RunAgain | undefined
}

interface Attempt {
  readonly outcome: 'ok' | 'failed'
  readonly code: string | null
  readonly message: string | null
  readonly fingerprint: string | null
}

const OK: Attempt = { outcome: 'ok', code: null, message: null, fingerprint: null }

/**
 * What every service with handlers does for operators: retry, try dry, discard one of its dead letters.
 *
 * A retry runs beside the live consumer, in whichever process takes the command. That is what handlers must bear anyway
 * (a message may come late, twice, and beside a later one of its key); appends decide by expected sequence, and effects
 * by the ledger's lease, so it is at worst a late delivery.
 */
export function deadLetterHandlers(host: OperatorHost): CommandHandler<unknown>[] {
  const { service, log } = host
  return [
    defineCommandHandler({
      command: retryDeadLetter(service),
      emits: [],
      handle: async (ref, _deps: unknown, context): Promise<Attempt | Refusal> => {
        const file = await openDeadLetter(log, service, ref)
        if ('refused' in file) return file
        const before = actOf(file, context.commandId)
        if (before) return isEvent(before, DeadLetterRetryFailed) ? failed(before.data) : OK
        const attempt = refuseClosed(file, context.commandId) ?? (await runAgain(host, file, context, false))
        if ('refused' in attempt) return attempt
        return (await recordRetry(log, file, context, attempt)) ?? attempt
      }
    }),
    defineCommandHandler({
      command: simulateDeadLetter(service),
      emits: [],
      handle: async (ref, _deps: unknown, context): Promise<Attempt | Refusal> => {
        if (!host.simulates)
          return refuse('OPS_CANNOT_SIMULATE', `Service ${service} cannot try without calling outside. Retry one instead`)
        const file = await openDeadLetter(log, service, ref)
        if ('refused' in file) return file
        return refuseClosed(file, context.commandId) ?? runAgain(host, file, context, true)
      }
    }),
    defineCommandHandler({
      command: discardDeadLetter(service),
      emits: [],
      handle: async ({ reason, ...ref }, _deps: unknown, { commandId, actor }) => {
        const file = await openDeadLetter(log, service, ref)
        if ('refused' in file) return file
        const data = { ...factsOf(file.letter), reason }
        const refusal = await recordAct(log, file, { commandId, actor, definition: DeadLetterDiscarded, data })
        return refusal ?? { discarded: true }
      }
    })
  ]
}

/** The message from its stream through its handler, whatever comes of it. */
async function runAgain(
  { log, findHandler }: OperatorHost,
  { letter }: DeadLetterFile,
  context: CommandContext,
  dry: boolean
): Promise<Attempt | Refusal> {
  const { handler, stream, sequence } = letter.data
  const run = findHandler(handler)
  if (!run) return refuse('OPS_HANDLER_UNKNOWN', `There is no handler ${handler} any more. Discard the dead letter`)
  try {
    const message = await log.get(stream, sequence)
    if (!message) {
      return refuse('OPS_MESSAGE_GONE', `Message ${sequence} of ${stream} is past its retention. Discard the dead letter`)
    }
    const { logger, signal } = context
    await run(message, { attempt: letter.data.attempt + 1, cause: causeOf(message), logger, signal }, dry)
    return OK
  } catch (error) {
    return failed({ ...describeFailure(error), ...fingerprintOf(letter, error) })
  }
}

function fingerprintOf({ data }: EventOf<typeof DeadLettered>, error: unknown): { fingerprint: string } {
  const { code, message } = describeFailure(error)
  return { fingerprint: failureFingerprint(data.service, data.handler, code, message) }
}

function failed({ code, message, fingerprint }: { code: string; message: string; fingerprint: string }): Attempt {
  return { outcome: 'failed', code, message, fingerprint }
}

async function recordRetry(
  log: EventLog,
  file: DeadLetterFile,
  { commandId, actor }: CommandContext,
  { outcome, code, message, fingerprint }: Attempt
): Promise<Refusal | null> {
  const facts = factsOf(file.letter)
  if (outcome === 'ok')
    return recordAct(log, file, { commandId, actor, definition: DeadLetterResolved, data: facts })
  const data = { ...facts, code: code ?? '', message: message ?? '', fingerprint: fingerprint ?? '' }
  return recordAct(log, file, { commandId, actor, definition: DeadLetterRetryFailed, data })
}
