import { isEvent, newEvent, PersonErased, PersonReturned, WebhookIgnored } from '@leadlog/contracts'
import type { EventOf, WebhookReceived } from '@leadlog/contracts'
import { causeOf, isPersonErased, type EraseWebhookRequest } from '@leadlog/event-log'
import { ignoreWebhook, type HandlerContext } from '@leadlog/service'

/** What a webhook about an erased person needs. */
export interface Erasures {
  renewKey(personId: string): Promise<boolean>
  eraseWebhook(request: Omit<EraseWebhookRequest, 'actor'>): Promise<boolean>
}

/**
 * Records what a webhook says unless its person was erased. Then it depends on what it is: something that the person did
 * anew after the erasure, a booking, is a new contact under a new key. Everything else is a late word of what was
 * erased: it is ignored, and the raw webhook is erased too.
 *
 * @param newContactAt own time of what begins a contact; null for what does not
 */
export async function unlessErased(
  record: () => Promise<unknown>,
  about: { webhook: EventOf<typeof WebhookReceived>; personId: string; newContactAt: string | null },
  erasures: Erasures,
  context: HandlerContext
): Promise<void> {
  try {
    await record()
    return
  } catch (error) {
    if (!isPersonErased(error)) throw error
  }
  const { webhook, personId, newContactAt } = about
  const ref = { context: 'privacy', aggregate: 'person', id: personId } as const
  const erased = (await context.load(ref)).events.findLast((event) => isEvent(event, PersonErased))
  if (erased && newContactAt !== null && Date.parse(newContactAt) > Date.parse(erased.time)) {
    await context.transact({
      step: 'returned',
      load: [ref],
      decide: () => [newEvent(PersonReturned, personId, { personId, webhookId: webhook.id, contactAt: newContactAt })]
    })
    await erasures.renewKey(personId)
    await record()
    return
  }
  const detail = 'It is about somebody who was erased, from before the erasure'
  await ignoreWebhook(context, WebhookIgnored, webhook.id, { reason: 'person-erased', detail }, 'erased')
  const erasureId = erased && isEvent(erased, PersonErased) ? erased.data.erasureId : personId
  await erasures.eraseWebhook({
    provider: webhook.data.provider,
    webhookId: webhook.id,
    erasureId,
    cause: causeOf(webhook)
  })
}
