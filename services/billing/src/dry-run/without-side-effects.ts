import type { BillingDeps } from '../deps.ts'

/** What handlers get where a message is only tried: as in a DRY_RUN, and no timer is set. */
export function withoutSideEffects(deps: BillingDeps): BillingDeps {
  const { load, transact } = deps.log
  return {
    ...deps,
    dryRun: true,
    stripe: null,
    spend: { ...deps.spend, count: async () => undefined },
    costs: { inc: () => undefined },
    log: { load: (ref) => load(ref), transact: (request) => transact(request), schedule: async () => undefined }
  }
}
