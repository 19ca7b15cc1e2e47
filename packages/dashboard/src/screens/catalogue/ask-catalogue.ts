import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { read } from '../../api/client.ts'
import { intents } from '../../api/intents.ts'
import { sendCommand } from '../../api/send-command.ts'

const PATHS = ['/v1/catalogue-items', '/v1/catalogue-items/{id}']

/**
 * Asks billing for something about the catalogue, waits until it can be read, and has what is shown of it read anew.
 *
 * @throws ApiProblem with the reason when it was refused
 */
export function useAskCatalogue(): (name: string, body: object) => Promise<void> {
  const queries = useQueryClient()
  return useCallback(
    async (name, body) => {
      try {
        const { after } = await intents.act(name, body, (key) => sendCommand('billing', name, body, key))
        if (after === null) return
        // It is done; that it cannot be read yet is no failure of it.
        await read('/v1/catalogue-items', { path: {}, query: { limit: 1, after } }).catch(() => undefined)
      } finally {
        await Promise.all(PATHS.map((path) => queries.invalidateQueries({ queryKey: [path] })))
      }
    },
    [queries]
  )
}
