import type { CommandDefinition } from '../command/define-command.ts'
import { discardDeadLetter, retryDeadLetter, simulateDeadLetter } from './dead-letter-commands.ts'
import { replayMessage } from './replay-message.ts'

/** Services that handle events or commands, and so may have dead letters. */
export const servicesWithHandlers = [
  'ingest',
  'meetings',
  'crm',
  'enrichment',
  'crm-sync',
  'telephony',
  'billing',
  'notifications'
] as const

/** What operators may ask of every service that handles messages. */
export const operatorCommands: readonly CommandDefinition[] = servicesWithHandlers.flatMap((service) => [
  retryDeadLetter(service),
  simulateDeadLetter(service),
  discardDeadLetter(service),
  replayMessage(service)
])
