import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { read } from '../../api/client.ts'
import { intents } from '../../api/intents.ts'
import { sendCommand } from '../../api/send-command.ts'

const PATHS = [
  '/v1/invoices',
  '/v1/invoices/totals',
  '/v1/invoices/{id}',
  '/v1/payments',
  '/v1/payments/{id}',
  '/v1/parked-payments'
]

/**
 * Asks billing for something about an invoice or the money for it, waits until it can be read, and has what is shown of both
 * read anew.
 *
 * @throws ApiProblem with the reason when it was refused
 */
export function useAskBilling(): <B extends { readonly invoiceId: string }>(name: string, body: B) => Promise<void> {
  const queries = useQueryClient()
  return useCallback(
    async (name, body) => {
      try {
        const { after } = await intents.act(name, body, (key) => sendCommand('billing', name, body, key))
        if (after === null) return
        // It is done; that it cannot be read yet is no failure of it.
        await read('/v1/invoices/{id}', { path: { id: body.invoiceId }, query: { after } }).catch(() => undefined)
      } finally {
        await Promise.all(PATHS.map((path) => queries.invalidateQueries({ queryKey: [path] })))
      }
    },
    [queries]
  )
}
