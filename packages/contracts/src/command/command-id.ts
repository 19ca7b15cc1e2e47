import type { Actor } from '../event/envelope.ts'
import { derivedId } from '../event/event-id.ts'
import type { CommandDefinition } from './define-command.ts'

/**
 * The id of a command: the same sender, command and idempotency key give the same id in every process, so that a
 * repetition is recognised.
 */
export function commandId(actor: Actor, command: CommandDefinition, idempotencyKey: string): string {
  return derivedId('command', actor, command.service, command.name, idempotencyKey)
}
