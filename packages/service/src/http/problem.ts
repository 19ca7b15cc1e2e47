import { Type, type Static } from '@sinclair/typebox'

/** RFC 9457 problem details with a stable code. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String({ description: 'stable; what programs should look at' }),
  detail: Type.String(),
  instance: Type.Optional(Type.String({ description: "id of the request, as in the service's log" })),
  errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() })))
})
export type Problem = Static<typeof Problem>

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8'

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'Request took too long',
  409: 'Conflict',
  413: 'Body too large',
  414: 'Address too long',
  415: 'Media type not supported',
  422: 'Cannot be done',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'Internal error',
  503: 'Not available right now',
  504: 'Not done in time'
}

/** Builds the body of an error answer. */
export function problem(
  status: number,
  code: string,
  detail: string,
  extra: Pick<Problem, 'errors' | 'instance'> = {}
): Problem {
  return { type: 'about:blank', title: TITLES[status] ?? 'Error', status, code, detail, ...extra }
}

/** An error that carries its answer: throw it in a route. */
export class HttpProblem extends Error {
  readonly statusCode: number
  readonly code: string
  readonly errors: Problem['errors']
  readonly retryAfterSeconds: number | undefined

  constructor(
    status: number,
    code: string,
    detail: string,
    options: { errors?: Problem['errors']; retryAfterSeconds?: number; cause?: unknown } = {}
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'HttpProblem'
    this.statusCode = status
    this.code = code
    this.errors = options.errors
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** The response schemas of a route's error answers. */
export function problemResponses(...statuses: readonly number[]): Record<number, typeof Problem> {
  return Object.fromEntries(statuses.map((status) => [status, Problem]))
}
