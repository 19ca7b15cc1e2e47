import type { EventDefinition } from './define-event.ts'

/** Looks up declared events by type and lifts old versions. */
export interface EventRegistry {
  readonly definitions: readonly EventDefinition[]
  /** The definition of the type, or undefined for an unknown one. */
  find(type: string): EventDefinition | undefined
  /** The newest version of the event that `type` is a version of. */
  newest(type: string): EventDefinition | undefined
  /** Lifts data of `type` step by step to the newest version. */
  upcast(type: string, data: unknown): { type: string; data: unknown }
}

/** @throws TypeError when two definitions have one type, or a version is missing in between */
export function createEventRegistry(definitions: readonly EventDefinition[]): EventRegistry {
  const byType = new Map<string, EventDefinition>()
  const byName = new Map<string, EventDefinition[]>()
  for (const definition of definitions) {
    if (byType.has(definition.type)) throw new TypeError(`Event ${definition.type} is declared twice`)
    byType.set(definition.type, definition)
    const name = `${definition.context}.${definition.name}`
    byName.set(name, [...(byName.get(name) ?? []), definition])
  }
  for (const [name, versions] of byName) {
    versions.sort((a, b) => a.version - b.version)
    versions.forEach((definition, index) => {
      if (definition.version !== index + 1) throw new TypeError(`Event ${name} lacks version ${index + 1}`)
    })
  }
  const versionsOf = (type: string): EventDefinition[] => {
    const definition = byType.get(type)
    return definition ? (byName.get(`${definition.context}.${definition.name}`) ?? []) : []
  }
  return {
    definitions,
    find: (type) => byType.get(type),
    newest: (type) => versionsOf(type).at(-1),
    upcast(type, data) {
      let current = { type, data }
      for (const next of versionsOf(type)) {
        const from = byType.get(current.type)
        if (!from || next.version !== from.version + 1 || !next.upcast) continue
        current = { type: next.type, data: next.upcast(current.data) }
      }
      return current
    }
  }
}
