/** Ends what was started, the newest first; a failure does not keep the others running. */
export interface Teardown {
  add(end: () => Promise<unknown>): void
  run(): Promise<void>
}

export function createTeardown(): Teardown {
  const ends: (() => Promise<unknown>)[] = []
  return {
    add: (end) => void ends.push(end),
    async run() {
      for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
        await end().catch((error: unknown) => console.error('could not end what was started:', error))
      }
    }
  }
}
