import { HttpProblem, type HttpServer } from '@leadlog/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { requireAllowed, ROUTE_ACCESS } from '../access/route-access.ts'
import { requireSameOrigin } from '../access/same-origin.ts'
import type { Client } from './client.ts'

/** Finds out who makes a request. */
export interface Identify {
  /** Of an `Authorization` header; null for another scheme, or a wrong key or token. */
  byHeader(authorization: string): Promise<Client | null>
  /** Of the cookie of a session; null without one, and for one that ended. */
  byCookie(request: FastifyRequest, reply: FastifyReply): Promise<Client | null>
  /**
   * Who a client is by now, for what goes on after its request; null where it may come in no more. Prolongs nothing.
   *
   * @param authorization the header that it came with, if it did not come by a cookie
   */
  again(client: Client, authorization: string | undefined): Promise<Client | null>
}

/**
 * Identifies the client first, so that the rate limit counts by client, and refuses strangers only behind the limit,
 * so that guessing keys is limited too. A route that does not say what it wants is refused when it is registered.
 *
 * @throws TypeError for a route without `config.access`
 */
export function requireAccess(
  app: HttpServer,
  { identify, publicOrigin }: { readonly identify: Identify; readonly publicOrigin: string }
): void {
  app.decorateRequest('client', null)
  app.addHook('onRoute', ({ method, url, config }) => {
    if (ROUTE_ACCESS.some((access) => access === config?.access)) return
    throw new TypeError(`Route ${String(method)} ${url} must say in config.access what it wants of who calls it`)
  })
  app.addHook('onRequest', async (request, reply) => {
    const { authorization } = request.headers
    request.client = await (authorization === undefined
      ? identify.byCookie(request, reply)
      : identify.byHeader(authorization))
  })
  app.addHook('preParsing', async (request, reply) => {
    const access = request.routeOptions.config.access ?? 'admin'
    const { client } = request
    const { authorization } = request.headers
    // A key that somebody set in a header was set by our page or by a program; a cookie comes along by itself.
    if (authorization === undefined && (access === 'open' || client?.session)) requireSameOrigin(request, publicOrigin)
    if (access === 'open') return
    if (client !== null) return void requireAllowed(client, access)
    void reply.header('www-authenticate', 'Bearer realm="leadlog"')
    throw authorization === undefined
      ? new HttpProblem(401, 'API_KEY_MISSING', 'Sign in, or send your API key: Authorization: Bearer <key>')
      : new HttpProblem(401, 'API_KEY_WRONG', 'The API key or token is not valid')
  })
}
