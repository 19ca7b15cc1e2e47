import type { CommandDefinition } from './define-command.ts'

/** Looks up declared commands. */
export interface CommandRegistry {
  /** The newest version of each command. */
  readonly commands: readonly CommandDefinition[]
  find(service: string, name: string): CommandDefinition | undefined
}

/** @throws TypeError when two declarations have one name and version */
export function createCommandRegistry(declared: readonly CommandDefinition[]): CommandRegistry {
  const newest = new Map<string, CommandDefinition>()
  const seen = new Set<string>()
  for (const command of declared) {
    const { type } = command.message
    if (seen.has(type)) throw new TypeError(`Command ${type} is declared twice`)
    seen.add(type)
    const key = keyOf(command.service, command.name)
    if ((newest.get(key)?.version ?? 0) < command.version) newest.set(key, command)
  }
  return {
    commands: [...newest.values()],
    find: (service, name) => newest.get(keyOf(service, name))
  }
}

function keyOf(service: string, name: string): string {
  return `${service}.${name}`
}
