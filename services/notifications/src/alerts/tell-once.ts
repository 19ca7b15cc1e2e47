import { PermanentError, type NewEvent } from '@leadlog/contracts'
import type { HandlerContext } from '@leadlog/service'
import type { AlertChannel } from './alert-failures.reactor.ts'

/** The effect as an operator names it: people are told again of what they were told of. */
export const ALERT = 'alert'

/** One message about one thing. */
export interface News {
  readonly aggregate: string
  readonly alertId: string
  readonly text: string
  /** What is recorded of it. @param failedBecause the channel never takes it; null where it was sent */
  readonly told: (failedBecause: string | null) => NewEvent
}

/** Tells it unless it was told before. At least once: a crash between the sending and its recording repeats the message. */
export async function tellOnce(channel: AlertChannel, context: HandlerContext, news: News): Promise<void> {
  const { aggregate, alertId, text, told } = news
  const ref = { context: 'notifications', aggregate, id: alertId }
  const isAgain = context.repeats.has(ALERT)
  if (!isAgain && (await context.load(ref)).events.length > 0) return
  const failedBecause = await sendOrWhyNot(channel, text, context)
  await context.transact({
    ...(isAgain ? { step: `again/${context.attemptToken}` } : {}),
    load: [ref],
    decide: () => [told(failedBecause)]
  })
}

/** Null where it was sent. @throws TransientError to try again */
export async function sendOrWhyNot(
  channel: AlertChannel,
  text: string,
  { logger }: Pick<HandlerContext, 'logger'>
): Promise<string | null> {
  try {
    await channel.send(text)
    return null
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error
    logger.error({ err: error, text }, 'the alert channel refuses messages for good')
    return error.message
  }
}
