import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { intents } from './intents.ts'
import { sendCommand } from './send-command.ts'

/** How what billing was asked for becomes visible. `waitFor` and `paths` are the same at every call: they stand outside of components. */
interface Shown<B> {
  /** Reads something that holds it, once it was done. */
  readonly waitFor: (after: number, body: B) => Promise<unknown>
  /** What is read anew, whatever became of it. */
  readonly paths: readonly string[]
}

/**
 * Asks billing for something once, however often it is pressed, waits until it can be read, and has what is shown read anew.
 *
 * @throws ApiProblem with the reason when it was refused
 */
export function useAskBillingFor<Body extends object>({
  waitFor,
  paths
}: Shown<Body>): <B extends Body>(name: string, body: B) => Promise<void> {
  const queries = useQueryClient()
  return useCallback(
    async (name, body) => {
      try {
        const { after } = await intents.act(name, body, (key) => sendCommand('billing', name, body, key))
        if (after === null) return
        // It is done; that it cannot be read yet is no failure of it.
        await waitFor(after, body).catch(() => undefined)
      } finally {
        await Promise.all(paths.map((path) => queries.invalidateQueries({ queryKey: [path] })))
      }
    },
    [queries, waitFor, paths]
  )
}
