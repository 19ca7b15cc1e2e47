import { CustomerDeleted, isEvent, newEvent, PersonErased, type AggregateRef, type DataOf } from '@leadlog/contracts'
import { requestDigest } from '@leadlog/outbound'
import { defineReactor } from '@leadlog/service'
import type { BillingDeps } from '../deps.ts'
import { waitsForStripe } from '../errors.ts'

/** An erased person → their customer at Stripe is deleted, with the name and address that Stripe shows of them. */
export const deleteCustomers = defineReactor({
  name: 'delete-customers',
  on: [PersonErased],
  emits: [CustomerDeleted],
  concurrency: 2,
  handle: async ({ data: erased }, deps: BillingDeps, context) => {
    const { personId, erasureId } = erased
    for (const customerId of await customersOf(deps, erased)) {
      const ref = customerRef(personId)
      const outcome = await remove(deps, customerId)
      await context.transact({
        step: customerId,
        load: [ref],
        decide: ([history]) => {
          const isNoted = history?.events.some(
            (event) =>
              isEvent(event, CustomerDeleted) &&
              event.data.customerId === customerId &&
              event.data.erasureId === erasureId
          )
          if (isNoted === true) return []
          const at = context.clock.now().toISOString()
          return [newEvent(CustomerDeleted, personId, { personId, erasureId, customerId, outcome, at })]
        }
      })
    }
  }
})

function customerRef(personId: string): AggregateRef {
  return { context: 'billing', aggregate: 'customer', id: personId }
}

/** What the erasure read in the log, and what the ledger knows of a customer whose page was never opened. */
async function customersOf(
  { effects }: BillingDeps,
  { personId, stripeCustomerIds = [] }: DataOf<typeof PersonErased>
): Promise<readonly string[]> {
  const made = (await effects.begunWith(`customer:${personId}`)).flatMap(({ response }) => {
    const id = (response as { customerId?: unknown } | null)?.customerId
    return typeof id === 'string' ? [id] : []
  })
  return [...new Set([...stripeCustomerIds, ...made])]
}

async function remove(
  { effects, stripe, dryRun }: BillingDeps,
  customerId: string
): Promise<DataOf<typeof CustomerDeleted>['outcome']> {
  if (dryRun) return 'simulated'
  if (stripe === null) throw waitsForStripe('The customer of an erased person waits')
  const { response } = await effects.run<{ wasThere: boolean }>({
    key: `delete-customer:${customerId}`,
    vendor: 'stripe',
    operation: 'delete-customer',
    digest: requestDigest({ customerId }),
    // Deleting twice is harmless.
    policy: 'upsert',
    perform: async () => ({ wasThere: await stripe.deleteCustomer(customerId) })
  })
  return response.wasThere ? 'deleted' : 'gone'
}
