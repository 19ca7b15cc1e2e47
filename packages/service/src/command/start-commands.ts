import { PermanentError, type CommandSettled, type DataOf, type RecordedEvent, type Refusal } from '@leadlog/contracts'
import {
  isPersonErased,
  startHandler,
  type EventLog,
  type GivenUp,
  type HandlerContext as DeliveryContext,
  type RunningHandler,
  type TransactResult
} from '@leadlog/event-log'
import type { Clock } from '../clock.ts'
import { onlyDeclared } from '../handler/declared-events.ts'
import type { CommandContext, CommandHandler } from './command-handler.ts'
import { personErased } from './person-erased.ts'

/** Name of the one durable consumer of a service's commands. */
export const COMMANDS_HANDLER = 'commands'

/** Commands are few, and each is an aggregate's worth of work: more at once would only contend. */
const CONCURRENCY = 16

/** What commands are done with. */
export interface CommandHost<Deps> {
  readonly service: string
  readonly log: EventLog
  readonly deps: Deps
  readonly clock: Clock
}

/**
 * Starts the consumer of the commands of a service. The outcome is recorded before the message is acknowledged, so a
 * crash in between runs the handler again, which finds its own events and comes to the same outcome.
 */
export async function startCommands<Deps>(
  handlers: readonly CommandHandler<Deps>[],
  host: CommandHost<Deps> & { readonly retryDelaysMs: readonly number[] }
): Promise<RunningHandler | null> {
  if (handlers.length === 0) return null
  const { service, log } = host
  return startHandler(log, {
    service,
    handler: COMMANDS_HANDLER,
    stream: 'COMMANDS',
    subjects: [`cmd.${service}.>`],
    concurrency: CONCURRENCY,
    retryDelaysMs: host.retryDelaysMs,
    handle: createCommandRunner(handlers, host),
    onGiveUp: (given) => settleFailed(log, service, given)
  })
}

/** Does one command and records its outcome; one that has a final outcome is not done again. */
export function createCommandRunner<Deps>(
  handlers: readonly CommandHandler<Deps>[],
  host: CommandHost<Deps>
): (message: RecordedEvent, delivery: DeliveryContext) => Promise<void> {
  const { service, log } = host
  const byType = new Map(handlers.map((handler) => [withoutVersion(handler.command.message.type), handler]))
  return async (message, delivery) => {
    const handler = byType.get(withoutVersion(message.type))
    // Not passed over like an unknown event: whoever sent it waits for an answer.
    if (!handler) throw unknownCommand(service, message.type)
    const before = await log.findOutcome(message.id)
    const data =
      before && before.outcome !== 'failed' ? factsOf(before) : await carryOut(handler, host, message, delivery)
    await log.settleCommand({ data, actor: `service:${service}`, cause: delivery.cause })
  }
}

type Facts = DataOf<typeof CommandSettled>

async function carryOut<Deps>(
  handler: CommandHandler<Deps>,
  host: CommandHost<Deps>,
  message: RecordedEvent,
  delivery: DeliveryContext
): Promise<Facts> {
  const reached = { sequence: null as number | null }
  const context = contextFor(handler, host, message, delivery, (result) => {
    if ('refusal' in result) return
    for (const { sequence } of result.events) reached.sequence = Math.max(reached.sequence ?? 0, sequence)
  })
  const { personId: _person, ...data } = message.data as Readonly<Record<string, unknown>>
  const asked = handler.command.personAddress ? data : message.data
  const answer = await handler.handle(asked, host.deps, context).catch((error: unknown) => {
    // Whoever sent it waits for an answer, other than the sender of an event.
    if (isPersonErased(error)) return personErased()
    throw error
  })
  const named = { commandId: message.id, service: host.service, command: handler.command.name }
  return isRefused(answer)
    ? { ...named, outcome: 'refused', result: null, eventSequence: null, code: answer.code, message: answer.message }
    : { ...named, outcome: 'done', result: answer, eventSequence: reached.sequence, code: null, message: null }
}

function contextFor<Deps>(
  { command, emits }: CommandHandler<Deps>,
  { service, log, clock }: CommandHost<Deps>,
  message: RecordedEvent,
  delivery: DeliveryContext,
  seen: (result: TransactResult) => void
): CommandContext {
  const { actor } = message
  const { cause } = delivery
  const handlerFor = (step: string | undefined): string =>
    `${service}-${command.name}${step === undefined ? '' : `/${step}`}`
  const declared = onlyDeclared(`Command ${command.name}`, emits)
  const noted = (result: TransactResult): TransactResult => {
    seen(result)
    return result
  }
  const { personId } = message.data as { personId?: string }
  return {
    commandId: message.id,
    actor,
    cause,
    personId: personId ?? '',
    sentAt: message.time,
    attempt: delivery.attempt,
    logger: delivery.logger,
    clock,
    signal: delivery.signal,
    load: (ref) => log.load(ref),
    transact: async ({ load, decide, step }) =>
      noted(
        await log.transact({ cause, actor, handler: handlerFor(step), load, decide: (all) => declared(decide(all)) })
      ),
    execute: async ({ ref, decider, command: asked, step }) =>
      noted(
        await log.execute({
          cause,
          actor,
          handler: handlerFor(step),
          ref,
          command: asked,
          decider: { ...decider, decide: (one, state) => declared(decider.decide(one, state)) }
        })
      )
  }
}

/** The sender is told, and an operator finds it among the dead letters and may try it again. */
async function settleFailed(log: EventLog, service: string, given: GivenUp): Promise<void> {
  const [, , command = '', commandId = ''] = given.subject.split('.')
  const message = `It could not be done and waits for an operator. ${given.message}`
  await log.settleCommand({
    data: {
      commandId,
      service,
      command,
      outcome: 'failed',
      result: null,
      eventSequence: null,
      code: given.code,
      message
    },
    actor: `service:${service}`,
    cause: given.event ? given.cause : { id: commandId, correlationId: commandId }
  })
}

function factsOf({ settledAt: _at, ...data }: Facts & { readonly settledAt: string }): Facts {
  return data
}

function isRefused(answer: Readonly<Record<string, unknown>> | Refusal): answer is Refusal {
  return answer['refused' as keyof typeof answer] === true
}

function unknownCommand(service: string, type: string): PermanentError {
  return new PermanentError(
    'SERVICE_COMMAND_UNKNOWN',
    `Service ${service} does not know ${type}. It is older than the sender: update it, then try the dead letter again`
  )
}

function withoutVersion(type: string): string {
  return type.replace(/\.v\d+$/, '')
}
