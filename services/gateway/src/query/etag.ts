import { createHash } from 'node:crypto'
import type { HttpServer } from '@leadlog/service'

/**
 * Tags successful answers by their content and answers 304 to a client that has it. Compression comes behind it, so
 * the tag is a weak one.
 */
export function tagAnswers(app: HttpServer): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode !== 200 || typeof payload !== 'string') return payload
    if (request.method !== 'GET' && request.method !== 'HEAD') return payload
    const tag = `W/"${createHash('sha256').update(payload).digest('base64url').slice(0, 27)}"`
    void reply.header('etag', tag).header('cache-control', 'private, no-cache')
    if (!matches(request.headers['if-none-match'], tag)) return payload
    void reply.code(304).removeHeader('content-type').removeHeader('content-length')
    return null
  })
}

function matches(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  const opaque = tag.slice(2)
  return header
    .split(',')
    .map((part) => part.trim())
    .some((candidate) => candidate === '*' || candidate.replace(/^W\//, '') === opaque)
}
