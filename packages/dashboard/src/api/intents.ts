import { isPassing } from './problem.ts'

/** The keys of what a person wants done, each kept until its answer is known. */
export interface Intents {
  /**
   * Does it under a key of its own. Where no answer came, the same wish again has the same key, so that it is done once;
   * after an answer, or with other words, it is a new wish.
   */
  act<T>(name: string, body: object, send: (key: string) => Promise<T>): Promise<T>
}

export function createIntents(newKey: () => string = () => crypto.randomUUID()): Intents {
  const open = new Map<string, string>()
  return {
    async act(name, body, send) {
      const wish = `${name} ${JSON.stringify(body)}`
      const key = open.get(wish) ?? newKey()
      open.set(wish, key)
      try {
        const answer = await send(key)
        open.delete(wish)
        return answer
      } catch (error) {
        // Else nobody knows if it was done: it never arrived, or what became of it did not come back.
        if (!isPassing(error)) open.delete(wish)
        throw error
      }
    }
  }
}

/** Of this page; a page that is opened anew begins anew. */
export const intents = createIntents()
