/** An error that the gateway explained, or that kept it from answering (status 0). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly status: number
  readonly code: string
  /** When asking again may help, in seconds. */
  readonly retryAfterSeconds: number | null

  constructor(status: number, code: string, message: string, retryAfterSeconds: number | null = null) {
    super(message)
    this.status = status
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The problem that an unsuccessful answer tells of. */
export async function problemOf(answer: Response): Promise<ApiProblem> {
  const body = (await answer.json().catch(() => ({}))) as { code?: unknown; detail?: unknown }
  const code = typeof body.code === 'string' ? body.code : `HTTP_${String(answer.status)}`
  const detail = typeof body.detail === 'string' ? body.detail : `The gateway answered ${String(answer.status)}`
  const after = Number(answer.headers.get('retry-after'))
  return new ApiProblem(answer.status, code, detail, Number.isFinite(after) && after > 0 ? after : null)
}

const TRIES = 3

/** Whoever looks at a page should not wait longer than this without a word, whatever the gateway asks for. */
export const LONGEST_WAIT_MS = 15_000

/** Whether it may well be over in a moment: nobody was reached, too much was asked, or something behind is away. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status === 429 || error.status >= 502)
}

/** Whether the same read may well succeed in a moment. */
export function mayHelpToAskAgain(failures: number, error: Error): boolean {
  return failures < TRIES && isPassing(error)
}

/**
 * Why a read has nothing to show. What was read before stays, with what was typed into it, while the gateway is away for
 * a moment; it goes when the gateway says that it is there no more, or not for this person.
 */
export function failureOf(read: { readonly data: unknown; readonly error: Error | null }): Error | null {
  return read.data !== undefined && isPassing(read.error) ? null : read.error
}

/** How long to wait before asking again, in milliseconds. */
export function waitBeforeAskingAgain(failures: number, error: Error): number {
  const told = error instanceof ApiProblem ? error.retryAfterSeconds : null
  return Math.min(told === null ? 1_000 * 2 ** failures : told * 1_000, LONGEST_WAIT_MS)
}

/** Whether the gateway asks to be left alone for a moment. */
export function isHeldBack(error: Error | null): boolean {
  return error instanceof ApiProblem && error.status === 429
}
