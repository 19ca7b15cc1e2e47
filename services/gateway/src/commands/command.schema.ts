import { Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import type { CommandOutcome, SentCommand } from '@leadlog/event-log'
import { Type, type Static } from '@sinclair/typebox'

/** A command and how far it is. */
export const CommandStatus = Type.Object({
  id: Type.String(),
  service: Type.String(),
  command: Type.String(),
  state: OneOf('waiting', 'done', 'refused', 'failed'),
  result: Nullable(Type.Record(Type.String(), Type.Unknown())),
  after: Nullable(Type.Integer({ description: 'read with ?after=<this> to see what it changed; null: nothing' })),
  code: Nullable(Type.String({ description: 'why it was refused or failed' })),
  message: Nullable(Type.String()),
  sentAt: Nullable(Timestamp),
  settledAt: Nullable(Timestamp)
})
export type CommandStatus = Static<typeof CommandStatus>

export function waiting(id: string, service: string, command: string, sentAt: string | null): CommandStatus {
  const nothing = { result: null, after: null, code: null, message: null, settledAt: null }
  return { id, service, command, state: 'waiting', ...nothing, sentAt }
}

export function settled(outcome: CommandOutcome, sent: SentCommand | null): CommandStatus {
  return {
    id: outcome.commandId,
    service: outcome.service,
    command: outcome.command,
    state: outcome.outcome,
    result: outcome.result,
    after: outcome.eventSequence,
    code: outcome.code,
    message: outcome.message,
    sentAt: sent?.message.time ?? null,
    settledAt: outcome.settledAt
  }
}
