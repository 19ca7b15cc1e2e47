import { CommandSettled, derivedId, isEvent, type Actor, type DataOf, type RecordedEvent } from '@leadlog/contracts'
import type { Cause } from '../append/cause.ts'
import { record } from '../append/record.ts'
import { unavailable } from '../errors.ts'
import { rideThrough } from '../server/ride-through.ts'
import type { CommandContext } from './command-context.ts'
import { outcomeSubject, replySubject, type CommandOutcome } from './command-outcome.ts'

/** What became of a command, as its handler says. */
export interface SettleCommandRequest {
  readonly data: DataOf<typeof CommandSettled>
  readonly actor: Actor
  readonly cause: Cause
}

/** Lost races for one outcome: whoever loses finds the winner's at the next look. */
const MAX_ROUNDS = 3

/** See EventLog.settleCommand. */
export async function settleCommand(context: CommandContext, request: SettleCommandRequest): Promise<CommandOutcome> {
  const outcome = await recordOnce(context, request)
  await tell(context, request, outcome)
  return outcome
}

/** The outcome that stands: an earlier one, unless that was a failure. */
async function recordOnce(
  context: CommandContext,
  { data, actor, cause }: SettleCommandRequest
): Promise<CommandOutcome> {
  const subject = outcomeSubject({ service: data.service, name: data.command }, data.commandId)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = await rideThrough(context.watch, () => context.reader.last('COMMANDS', subject))
    const before = found ? outcomeOf(await context.codec.decode(found)) : null
    if (before && before.outcome !== 'failed') return before
    const settledAt = found?.sequence ?? 0
    const { stored } = await record(
      { ...context, pipelineOf: context.pipeline },
      {
        stream: 'COMMANDS',
        subject,
        id: derivedId('command-settled', data.commandId, String(settledAt)),
        definition: CommandSettled,
        aggregateId: data.commandId,
        data,
        actor,
        cause,
        expectedSequence: settledAt
      }
    )
    if (stored) return { ...data, settledAt: new Date().toISOString() }
  }
  throw unavailable(`The outcome of command ${data.commandId} could not be recorded; it is tried again`)
}

/** Whoever waits looks the outcome up, so a lost word only makes them wait longer. */
async function tell(
  context: CommandContext,
  { actor, cause }: SettleCommandRequest,
  { settledAt, ...data }: CommandOutcome
): Promise<void> {
  try {
    await record(
      { ...context, pipelineOf: context.pipeline },
      {
        stream: 'REPLIES',
        subject: replySubject(data.commandId),
        id: derivedId('command-reply', data.commandId, settledAt),
        definition: CommandSettled,
        aggregateId: data.commandId,
        data,
        actor,
        cause
      }
    )
  } catch (error) {
    context.logger.warn({ err: error, commandId: data.commandId }, 'the outcome of a command could not be told')
  }
}

/** The outcome that an event of `done.>` tells. */
export function outcomeOf(event: RecordedEvent): CommandOutcome | null {
  return isEvent(event, CommandSettled) ? { ...event.data, settledAt: event.time } : null
}
