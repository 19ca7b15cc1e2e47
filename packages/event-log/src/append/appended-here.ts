/** Some 3 MB: what a process appended within the last minutes, which is when it meets its own events again. */
const MAX_EVENTS = 20_000

/** Which handler of this process appended an event, as far back as is remembered. */
export interface AppendedHere {
  note(eventId: string, handler: string): void
  handlerOf(eventId: string): string | undefined
}

export function createAppendedHere(maxEvents = MAX_EVENTS): AppendedHere {
  const handlers = new Map<string, string>()
  return {
    note(eventId, handler) {
      handlers.set(eventId, handler)
      const oldest = handlers.size > maxEvents ? handlers.keys().next().value : undefined
      if (oldest !== undefined) handlers.delete(oldest)
    },
    handlerOf: (eventId) => handlers.get(eventId)
  }
}
