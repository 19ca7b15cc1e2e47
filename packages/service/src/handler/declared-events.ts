import { PermanentError, type EventDefinition, type NewEvent, type Refusal } from '@leadlog/contracts'

/** Lets through what a handler decided, as long as it declared it. @throws PermanentError SERVICE_UNDECLARED_EVENT */
export function onlyDeclared(who: string, emits: readonly EventDefinition[]) {
  const types = new Set(emits.map((definition) => definition.type))
  return (result: readonly NewEvent[] | Refusal): readonly NewEvent[] | Refusal => {
    if ('refused' in result) return result
    const undeclared = result.find((event) => !types.has(event.definition.type))
    if (undeclared) {
      throw new PermanentError(
        'SERVICE_UNDECLARED_EVENT',
        `${who} appends ${undeclared.definition.type}, which its "emits" does not list`
      )
    }
    return result
  }
}
