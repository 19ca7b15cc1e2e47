import { HttpProblem } from '@leadlog/service'
import type { FastifyRequest } from 'fastify'

/** Its value does not matter: a foreign page cannot set it without a preflight, which nobody here allows. */
export const CSRF_HEADER = 'x-leadlog-csrf'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a write that a cookie would authorise and that did not come from a page of ours: it must carry the header, and
 * where the browser says where it comes from, that must be here.
 *
 * @param publicOrigin of the gateway as people reach it; the request's own host is as good
 * @throws HttpProblem 403 CSRF_HEADER_MISSING, 403 ORIGIN_FOREIGN
 */
export function requireSameOrigin(request: FastifyRequest, publicOrigin: string): void {
  if (SAFE_METHODS.has(request.method)) return
  const { origin, host, 'sec-fetch-site': site } = request.headers
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none'
  if (foreign || (origin !== undefined && !isOurs(origin, host, publicOrigin))) {
    throw new HttpProblem(403, 'ORIGIN_FOREIGN', 'The request comes from a page of another site')
  }
  if (request.headers[CSRF_HEADER] === undefined) {
    throw new HttpProblem(403, 'CSRF_HEADER_MISSING', `Send the header ${CSRF_HEADER}: 1 with writes of a session`)
  }
}

function isOurs(origin: string, host: string | undefined, publicOrigin: string): boolean {
  if (origin === publicOrigin) return true
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
}
