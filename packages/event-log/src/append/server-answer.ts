import { PermanentError } from '@leadlog/contracts'
import type { Msg } from '@nats-io/transport-node'
import { eventLogErrors, full, unavailable } from '../errors.ts'
import type { AppendResult } from './append-unit.ts'

/** "wrong last sequence: N", and its form without the number while another append of the subject is under way. */
const WRONG_LAST_SEQUENCE = new Set([10071, 10164])
const DUPLICATE_ID_IN_BATCH = 10201
const MESSAGE_TOO_LARGE = 10054

/** Resources of the account, of the server, memory, storage, and a stream at its own limit. */
const OUT_OF_SPACE = new Set([10002, 10023, 10028, 10047, 10077])

interface PublishAnswer {
  readonly error?: { readonly err_code?: number; readonly description?: string }
  readonly seq?: number
  readonly count?: number
  readonly duplicate?: boolean
}

/** The server said no to the whole of what was sent: nothing of it was stored. */
export class RefusedError extends Error {
  readonly result: AppendResult | null
  readonly failure: Error

  constructor(result: AppendResult | null, failure: Error) {
    super(failure.message)
    this.result = result
    this.failure = failure
  }
}

/**
 * Reads the server's answer to a publish or to a batch's commit.
 *
 * @throws RefusedError when nothing was stored
 */
export function readAnswer(reply: Msg, messages: number): AppendResult {
  const answer = parse(reply)
  if (answer.error) throw refusal(answer.error.err_code ?? 0, answer.error.description ?? 'no reason given')
  const last = answer.seq ?? 0
  if (answer.duplicate) return { kind: 'duplicate', sequence: last > 0 ? last : null }
  if (last < messages || (messages > 1 && answer.count !== messages))
    throw unavailable(`The event log acknowledged ${answer.count ?? 1} of ${messages} messages`)
  return { kind: 'stored', sequences: Array.from({ length: messages }, (_, index) => last - messages + 1 + index) }
}

function parse(reply: Msg): PublishAnswer {
  try {
    return reply.json<PublishAnswer>()
  } catch (error) {
    throw unavailable('The event log gave an answer that is not JSON', error)
  }
}

function refusal(code: number, description: string): RefusedError {
  const failure = failureOf(code, description)
  if (WRONG_LAST_SEQUENCE.has(code)) return new RefusedError({ kind: 'conflict' }, failure)
  if (code === DUPLICATE_ID_IN_BATCH) return new RefusedError({ kind: 'duplicate', sequence: null }, failure)
  return new RefusedError(null, failure)
}

function failureOf(code: number, description: string): Error {
  const text = `The event log refused to store: ${description} (${code})`
  if (code === MESSAGE_TOO_LARGE) return new PermanentError(eventLogErrors.messageRefused, text)
  return OUT_OF_SPACE.has(code) ? full(`${text}. Make room on the server of NATS`) : unavailable(text)
}
