import { HttpProblem, type HttpServer } from '@leadlog/service'
import type { ApiKeys } from './api-key.ts'
import type {} from './client.ts'

/**
 * Identifies the client first, so that the rate limit counts by client, and refuses strangers only behind the limit,
 * so that guessing keys is limited too.
 */
export function requireClient(app: HttpServer, keys: ApiKeys): void {
  app.decorateRequest('client', null)
  app.addHook('onRequest', async (request) => {
    request.client = keys.identify(request.headers.authorization)
  })
  app.addHook('preParsing', async (request, reply) => {
    if (request.client !== null) return
    void reply.header('www-authenticate', 'Bearer realm="leadlog"')
    throw request.headers.authorization === undefined
      ? new HttpProblem(401, 'API_KEY_MISSING', 'Send your API key: Authorization: Bearer <key>')
      : new HttpProblem(401, 'API_KEY_WRONG', 'The API key is not valid')
  })
}
