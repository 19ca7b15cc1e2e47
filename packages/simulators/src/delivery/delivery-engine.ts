import type { SimulatorClock } from '../clock.ts'
import type { Delivery } from '../sample-day/delivery.ts'
import type { Settings } from '../settings.ts'
import { planDeliveries } from './misbehaviour.ts'
import type { DeliveryMode, Misbehaviour } from './misbehaviour.ts'
import { READAI_FAILURES_TO_STOP, retrySchedules } from './retry-schedule.ts'

/** One attempt of a vendor to deliver a webhook. */
export interface DeliveryAttempt {
  number: number
  at: string
  provider: Delivery['provider']
  name: string
  url: string
  attempt: number
  modes: readonly DeliveryMode[]
  /** The receiver's status, what went wrong with the connection, or `lost` for one that never left. */
  status: number | string
  /** Seconds of the vendor's schedule until the next attempt; `null` where there is none. */
  nextInSeconds: number | null
}

/** Whether a vendor still sends to a receiver. */
export interface SenderState {
  state: 'active' | 'disabled' | 'stopped'
  failuresInARow: number
}

export interface DeliveryEngine {
  /** Sends deliveries to ingest, one after another; resolves when each was taken, refused for good, or given up. */
  send(deliveries: readonly Delivery[], ingest: string, how?: Misbehaviour): Promise<void>
  attempts(): readonly DeliveryAttempt[]
  senders(): Record<Delivery['provider'], SenderState>
  /** The next deliveries, of one vendor where it is named, never leave: each is lost with all its retries. */
  lose(count: number, provider?: Delivery['provider']): void
  /** Lets a disabled or stopped vendor send again, as its settings page would. */
  reactivate(provider: Delivery['provider']): void
  /** Deliveries that wait for their next attempt. */
  waiting(): number
  clear(): void
}

interface Job {
  delivery: Delivery
  ingest: string
  modes: readonly DeliveryMode[]
  /** A reset ends the jobs of before. */
  generation: number
}

const KEPT_ATTEMPTS = 5000
const READ_TIMEOUT_MS = 15_000
/** What Zoom waits for an answer. */
const ZOOM_TIMEOUT_MS = 3_000
const LATE_SECONDS = 3600
const STALE_MS = 3_600_000

const freshSenders = (): Record<Delivery['provider'], SenderState> => ({
  calendly: { state: 'active', failuresInARow: 0 },
  readai: { state: 'active', failuresInARow: 0 },
  standard: { state: 'active', failuresInARow: 0 },
  zoom: { state: 'active', failuresInARow: 0 }
})

/** The signature's last characters turned into others: as long as the right one, and wrong. */
const spoilSignature = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      /signature|secret/i.test(name)
        ? value.replace(/[^=](=*)$/, (last) => (last.startsWith('0') ? '1' : '0') + last.slice(1))
        : value
    ])
  )

/** What the vendors' senders do with webhooks: sign, send, retry on their schedules, and give up. */
export const createDeliveryEngine = (
  clock: SimulatorClock,
  settings: Settings,
  stopping: AbortSignal
): DeliveryEngine => {
  let journal: DeliveryAttempt[] = []
  let senders = freshSenders()
  let number = 0
  let waiting = 0
  let generation = 0
  let toLose: { left: number; provider: Delivery['provider'] | undefined } = { left: 0, provider: undefined }

  const pause = (scheduleSeconds: number): Promise<void> =>
    new Promise((resolve) => {
      waiting += 1
      const finish = (): void => {
        clearTimeout(timer)
        stopping.removeEventListener('abort', finish)
        waiting -= 1
        resolve()
      }
      const timer = setTimeout(finish, (scheduleSeconds * 1000) / settings.deliveryTimeScale)
      stopping.addEventListener('abort', finish)
      if (stopping.aborted) finish()
    })

  const post = async (delivery: Delivery, ingest: string, modes: readonly DeliveryMode[]): Promise<number | string> => {
    const skew = modes.includes('stale-timestamp') ? STALE_MS : 0
    const headers = delivery.headers(new Date(clock.now().getTime() - skew))
    try {
      const answer = await fetch(new URL(delivery.path, ingest), {
        method: 'POST',
        headers: modes.includes('bad-signature') ? spoilSignature(headers) : headers,
        body: delivery.body,
        redirect: 'manual',
        signal: AbortSignal.any([
          stopping,
          AbortSignal.timeout(delivery.provider === 'zoom' ? ZOOM_TIMEOUT_MS : READ_TIMEOUT_MS)
        ])
      })
      await answer.arrayBuffer()
      return answer.status
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
      return cause instanceof Error ? cause.message || cause.name : String(cause)
    }
  }

  const record = (
    job: Job,
    attempt: number,
    modes: readonly DeliveryMode[],
    status: number | string,
    delay?: number
  ) => {
    const { provider, name, path } = job.delivery
    number += 1
    const at = clock.now().toISOString()
    const url = new URL(path, job.ingest).href
    journal.push({ number, at, provider, name, url, attempt, modes, status, nextInSeconds: delay ?? null })
    if (journal.length > KEPT_ATTEMPTS * 1.2) journal = journal.slice(-KEPT_ATTEMPTS)
  }

  const isLost = ({ provider }: Delivery): boolean => {
    if (toLose.left === 0 || (toLose.provider ?? provider) !== provider) return false
    toLose.left -= 1
    return true
  }

  /** A retry is signed anew, and rightly. */
  const modesOf = (modes: readonly DeliveryMode[], attempt: number): DeliveryMode[] =>
    modes.filter((mode) => attempt === 1 || (mode !== 'bad-signature' && mode !== 'stale-timestamp'))

  const settle = (provider: Delivery['provider'], taken: boolean, givenUp: boolean): void => {
    const sender = senders[provider]
    sender.failuresInARow = taken ? 0 : sender.failuresInARow + 1
    if (provider === 'readai' && sender.failuresInARow >= READAI_FAILURES_TO_STOP) sender.state = 'stopped'
    if (provider === 'calendly' && givenUp) sender.state = 'disabled'
  }

  const mayGoOn = (job: Job): boolean =>
    !stopping.aborted && job.generation === generation && senders[job.delivery.provider].state === 'active'

  /** Makes one attempt; the seconds until the next one, or `undefined` where there is none. */
  const attemptOnce = async (job: Job, attempt: number): Promise<number | undefined> => {
    if (!mayGoOn(job)) return undefined
    const { delivery, ingest } = job
    const { provider } = delivery
    const modes = modesOf(job.modes, attempt)
    if (attempt === 1 && isLost(delivery)) {
      record(job, attempt, modes, 'lost')
      return undefined
    }
    const status = await post(delivery, ingest, modes)
    const taken = typeof status === 'number' && status >= 200 && status < 300
    const delay = taken ? undefined : retrySchedules[provider][attempt - 1]
    record(job, attempt, modes, status, delay)
    settle(provider, taken, !taken && delay === undefined)
    return delay
  }

  const retry = async (job: Job, firstDelay: number | undefined): Promise<void> => {
    let delay = firstDelay
    for (let attempt = 2; delay !== undefined; attempt += 1) {
      await pause(delay)
      delay = await attemptOnce(job, attempt)
    }
  }

  const sendLate = async (job: Job): Promise<void> => {
    await pause(LATE_SECONDS)
    await retry(job, await attemptOnce(job, 1))
  }

  return {
    send: async (deliveries, ingest, how = {}) => {
      const open: Promise<void>[] = []
      for (const { delivery, modes } of planDeliveries(deliveries, how)) {
        const job: Job = { delivery, ingest, modes, generation }
        if (modes.includes('late')) open.push(sendLate(job))
        else open.push(retry(job, await attemptOnce(job, 1)))
      }
      await Promise.all(open)
    },
    lose: (count, provider) => {
      toLose = { left: count, provider }
    },
    attempts: () => journal,
    senders: () => senders,
    reactivate: (provider) => {
      senders[provider] = { state: 'active', failuresInARow: 0 }
    },
    waiting: () => waiting,
    clear: () => {
      journal = []
      senders = freshSenders()
      number = 0
      toLose = { left: 0, provider: undefined }
      generation += 1
    }
  }
}
