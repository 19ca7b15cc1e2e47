import { CaptureLead } from './crm/capture-lead.ts'
import type { CommandDefinition } from './command/define-command.ts'
import { createCommandRegistry } from './command/command-registry.ts'

/** Every command of the system. */
export const commandCatalogue: readonly CommandDefinition[] = [CaptureLead]

/** All commands by service and name. */
export const commandRegistry = createCommandRegistry(commandCatalogue)
