import type { CommandDefinition, EventDefinition } from '@leadlog/contracts'
import type { ServiceFacts } from './services.ts'

/** Events that no service emits, or that two do. */
export function ownershipProblems(
  catalogue: readonly EventDefinition[],
  services: readonly ServiceFacts[],
  emittedByLog: readonly string[]
): string[] {
  return catalogue.flatMap((definition) => {
    const owners = services.filter((service) => service.emits.includes(definition.type)).map((service) => service.name)
    const count = owners.length + (emittedByLog.includes(definition.type) ? 1 : 0)
    if (count === 1) return []
    return [
      count === 0
        ? `${definition.type} is emitted by no service`
        : `${definition.type} is emitted by ${owners.join(' and ')}`
    ]
  })
}

/** Commands that their service does not do. */
export function commandProblems(catalogue: readonly CommandDefinition[], services: readonly ServiceFacts[]): string[] {
  return catalogue
    .filter((command) => !services.some((service) => service.handles.includes(command.message.type)))
    .map((command) => `${command.message.type} is done by no service`)
}
