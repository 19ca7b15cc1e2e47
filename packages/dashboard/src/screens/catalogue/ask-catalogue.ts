import { read } from '../../api/client.ts'
import { useAskBillingFor } from '../../api/use-ask-billing.ts'

const SHOWN = {
  waitFor: (after: number) => read('/v1/catalogue-items', { path: {}, query: { limit: 1, after } }),
  paths: ['/v1/catalogue-items', '/v1/catalogue-items/{id}']
}

/** Asks billing for something about the catalogue. */
export const useAskCatalogue = () => useAskBillingFor<object>(SHOWN)
