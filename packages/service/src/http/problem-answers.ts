import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { TransientError } from '@leadlog/contracts'
import type { HttpServer } from './http-server.ts'
import { HttpProblem, problem, PROBLEM_CONTENT_TYPE, type Problem } from './problem.ts'

/** Seconds a client should wait where a dependency is away and nothing better is known. */
const DEFAULT_RETRY_AFTER_SECONDS = 5

/** Fastify's own error codes by the code that we answer with. */
const FRAMEWORK_CODES: Readonly<Record<string, { status: number; code: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'BODY_TOO_LARGE' },
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, code: 'BODY_NOT_JSON' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, code: 'BODY_EMPTY' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, code: 'MEDIA_TYPE_NOT_SUPPORTED' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { status: 400, code: 'CONTENT_LENGTH_WRONG' },
  FST_ERR_BAD_URL: { status: 400, code: 'URL_MALFORMED' },
  FST_ERR_MAX_PARAM_LENGTH: { status: 414, code: 'URL_TOO_LONG' }
}

/** Makes every error answer of the server a problem+json with a stable code; texts of 5xx stay inside. */
export function registerProblemAnswers(app: HttpServer): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const answer = answerFor(error, request.id)
    if (answer.status >= 500) request.log.error({ reqId: request.id, err: error }, 'request failed')
    const retryAfter = retryAfterSeconds(error, answer.status)
    if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter))
    return reply.code(answer.status).header('content-type', PROBLEM_CONTENT_TYPE).send(answer)
  })
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .header('content-type', PROBLEM_CONTENT_TYPE)
      .send(
        problem(404, 'ROUTE_NOT_FOUND', `There is no ${request.method} ${request.url.split('?')[0] ?? ''}`, {
          instance: request.id
        })
      )
  )
}

function answerFor(error: FastifyError | HttpProblem, requestId: string): Problem {
  const instance = { instance: requestId }
  if (error instanceof HttpProblem) {
    return problem(error.statusCode, error.code, error.message, {
      ...instance,
      ...(error.errors ? { errors: error.errors } : {})
    })
  }
  if (error instanceof TransientError) {
    return problem(503, error.code, 'A part that is needed for this is away; try again soon', instance)
  }
  if (error.validation) {
    const errors = error.validation.map((issue) => ({
      path: `${error.validationContext ?? 'body'}${issue.instancePath}${missingProperty(issue.params)}`,
      message: issue.message ?? 'is not valid'
    }))
    const first = errors[0]
    return problem(400, 'REQUEST_INVALID', first ? `${first.path} ${first.message}` : error.message, {
      ...instance,
      errors
    })
  }
  const known = FRAMEWORK_CODES[error.code]
  if (known) return problem(known.status, known.code, error.message, instance)
  const status = error.statusCode ?? 500
  if (status >= 500)
    return problem(
      status,
      'INTERNAL_ERROR',
      'Something went wrong; the log has the details under this instance',
      instance
    )
  return problem(status, error.code, error.message, instance)
}

/** TypeBox's validator names the property in the path and gives no params; others do. */
function missingProperty(params: Record<string, unknown> | undefined): string {
  return typeof params?.['missingProperty'] === 'string' ? `/${params['missingProperty']}` : ''
}

function retryAfterSeconds(error: FastifyError | HttpProblem, status: number): number | undefined {
  if (error instanceof HttpProblem && error.retryAfterSeconds !== undefined) return error.retryAfterSeconds
  return status === 503 ? DEFAULT_RETRY_AFTER_SECONDS : undefined
}

/** Answers what Fastify refuses before a route is found, such as a malformed address. */
export function answerFrameworkError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const answer = answerFor(error, request.id)
  void reply.code(answer.status).header('content-type', PROBLEM_CONTENT_TYPE).send(answer)
}

/** What Node's HTTP parser refuses before Fastify sees a request, as the status that fits. */
const PARSER_CODES: Readonly<Record<string, { status: number; code: string; detail: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'REQUEST_TIMEOUT', detail: 'The request did not arrive in time' },
  HPE_HEADER_OVERFLOW: { status: 431, code: 'HEADERS_TOO_LARGE', detail: 'The headers are too large' },
  ECONNRESET: { status: 400, code: 'CONNECTION_RESET', detail: 'The connection was reset' }
}

/** Answers malformed HTTP as problem+json too and closes the connection. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const known = PARSER_CODES[error.code ?? ''] ?? {
    status: 400,
    code: 'HTTP_MALFORMED',
    detail: 'The request is not valid HTTP'
  }
  const body = JSON.stringify(problem(known.status, known.code, known.detail))
  socket.end(
    `HTTP/1.1 ${known.status} ${STATUS_CODES[known.status] ?? 'Error'}\r\ncontent-type: ${PROBLEM_CONTENT_TYPE}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`
  )
  // Half closed it would stay for as long as the client likes.
  socket.destroySoon()
}
