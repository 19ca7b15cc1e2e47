import {
  DeadLetterDiscarded,
  discardDeadLetter,
  DeadLetterRetryFailed,
  isEvent,
  retryDeadLetter,
  simulateDeadLetter,
  type Refusal
} from '@leadlog/contracts'
import { redactedMessage } from '@leadlog/event-log'
import { defineCommandHandler, type CommandHandler } from '../command/command-handler.ts'
import { actOf, factsOf, openDeadLetter, recordAct, refuseClosed } from './dead-letter-file.ts'
import { attempted, failedWith, recordRetry, runAgain, type Attempt, type OperatorHost } from './run-again.ts'

/**
 * What every service does for operators with its dead letters: retry, try without effect, discard.
 *
 * A retry runs in whichever process takes the command, beside the live consumer. Handlers bear that anyway (a message
 * may come late, twice, and beside a later one of its key): appends decide by expected sequence, effects by the
 * ledger's lease. So it is a late delivery and nothing worse.
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
        if (before) return isEvent(before, DeadLetterRetryFailed) ? failedWith(before.data) : attempted
        const attempt = refuseClosed(file, context.commandId) ?? (await runAgain(host, file.letter, context, 'live'))
        if ('refused' in attempt) return attempt
        return (await recordRetry(log, file, context, attempt)) ?? attempt
      }
    }),
    defineCommandHandler({
      command: simulateDeadLetter(service),
      emits: [],
      handle: async (ref, _deps: unknown, context): Promise<Attempt | Refusal> => {
        const file = await openDeadLetter(log, service, ref)
        if ('refused' in file) return file
        return refuseClosed(file, context.commandId) ?? runAgain(host, file.letter, context, 'dry')
      }
    }),
    defineCommandHandler({
      command: discardDeadLetter(service),
      emits: [],
      handle: async (
        { reason, ...ref },
        _deps: unknown,
        { cause, actor }
      ): Promise<{ discarded: boolean } | Refusal> => {
        const file = await openDeadLetter(log, service, ref)
        if ('refused' in file) return file
        const data = { ...factsOf(file.letter), reason: redactedMessage(reason) }
        const refusal = await recordAct(log, file, { cause, actor, definition: DeadLetterDiscarded, data })
        return refusal ?? { discarded: true }
      }
    })
  ]
}
