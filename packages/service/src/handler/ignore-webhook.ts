import { newEvent, type CallbackIgnored, type StripeEventIgnored, type WebhookIgnored } from '@leadlog/contracts'
import type { TransactResult } from '@leadlog/event-log'
import type { HandlerContext } from './reactor.ts'

/**
 * Records that a webhook was understood and changes nothing, so that nobody takes it for one that still waits.
 *
 * @param ignored the service's own event for it, which the reactor's `emits` lists
 * @param why.reason stable, such as `nothing-new`
 * @param step tells it apart from other transactions of the handler
 */
export async function ignoreWebhook(
  context: Pick<HandlerContext, 'transact'>,
  ignored: typeof WebhookIgnored | typeof CallbackIgnored | typeof StripeEventIgnored,
  webhookId: string,
  why: { readonly reason: string; readonly detail: string },
  step = 'ignored'
): Promise<void> {
  await context.transact({ step, load: [], decide: () => [newEvent(ignored, webhookId, { webhookId, ...why })] })
}

/** Whether what was told made no event. */
export function isNothing(result: TransactResult): boolean {
  return 'events' in result && result.events.length === 0
}
