import type { EventDefinition } from '@leadlog/contracts'
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
