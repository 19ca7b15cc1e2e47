import { isDeepStrictEqual } from 'node:util'
import { derivedId, WorkStarted, isEvent, type Actor, type RecordedEvent, type WorkKind } from '@leadlog/contracts'
import { HttpProblem } from '@leadlog/service'
import type { AccessLog, Doing } from '../users/user-book.ts'
import { workDecider, workOf, type Work, type WorkCommand, type WorkEnd, type WorkFacts } from './work.ts'

/** What somebody wants to have done. */
export interface WorkOrder {
  readonly kind: WorkKind
  readonly about: readonly string[]
  readonly description: string | null
  /** What was asked for, in the client's words: the same key with another request is refused. */
  readonly request: WorkFacts
  /** What else is needed to do it, found out once. */
  readonly prepare?: () => Promise<WorkFacts>
}

/** Everything that operators started, in the log: whichever process does it, and whoever looks, sees the same. */
export interface WorkBook {
  find(id: string): Promise<Work | null>
  /**
   * Records the order, once for each key of whoever gives it.
   *
   * @returns the work's id, and the place in the log that a read must include to show it
   * @throws HttpProblem 422 IDEMPOTENCY_KEY_REUSED for the same key with another order
   */
  start(order: WorkOrder, given: { readonly actor: Actor; readonly key: string }): Promise<StartedWork>
  /** @throws HttpProblem 404 WORK_UNKNOWN, 409 WORK_ENDED */
  cancel(id: string, doing: Doing): Promise<void>
  /** Records the end. A second end is none. */
  end(work: Work, end: WorkEnd): Promise<void>
}

export interface StartedWork {
  readonly id: string
  readonly after: number
  readonly repeated: boolean
}

/** Who records that work ended: the system, on behalf of nobody. */
const SELF: Actor = 'service:gateway'

export function createWorkBook(log: AccessLog): WorkBook {
  const ref = (id: string) => ({ context: 'operations', aggregate: 'work', id })
  const run = async (id: string, command: WorkCommand, { actor, requestId }: Doing) => {
    const result = await log.transact({
      cause: { id: requestId, correlationId: id },
      handler: `gateway-${command.do}-work`,
      actor,
      load: [ref(id)],
      decide: ([history]) => workDecider.decide(command, workOf(history?.events ?? []))
    })
    if ('refusal' in result) {
      const { code, message } = result.refusal
      throw new HttpProblem(code === 'WORK_UNKNOWN' ? 404 : 409, code, message)
    }
    return result
  }
  return {
    find: async (id) => workOf((await log.load(ref(id))).events),
    async start({ kind, about, description, request, prepare }, { actor, key }) {
      const id = derivedId('work', actor, kind, key)
      const before = (await log.load(ref(id))).events
      if (before.length > 0) return { ...asBefore(before, { description, request }), repeated: true }
      const order = { ...request, ...(await prepare?.()) }
      const work = { workId: id, kind, about: [...about], description, order }
      const { events, repeated } = await run(id, { do: 'start', work }, { actor, requestId: id })
      return { ...asBefore(events, { description, request }), repeated }
    },
    async cancel(id, doing) {
      await run(id, { do: 'cancel' }, doing)
    },
    async end(work, end) {
      await run(work.id, { do: 'end', end }, { actor: SELF, requestId: derivedId('work-end', work.id) })
    }
  }
}

/** @throws HttpProblem 422 where the key stands for something else */
function asBefore(
  [started]: readonly RecordedEvent[],
  { description, request }: Pick<WorkOrder, 'description' | 'request'>
): { id: string; after: number } {
  if (!started || !isEvent(started, WorkStarted)) throw new TypeError('The history of work begins with its start')
  const { workId: id, order } = started.data
  const asked = Object.fromEntries(Object.keys(request).map((name) => [name, order[name]]))
  if (description !== started.data.description || !isSame(asked, request)) {
    const detail = 'The Idempotency-Key was used for something else. Use a new key for a new order'
    throw new HttpProblem(422, 'IDEMPOTENCY_KEY_REUSED', detail)
  }
  return { id, after: started.sequence }
}

/** As they would be read from JSON. */
function isSame(one: object, other: object): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other)))
}
