import { createHash } from 'node:crypto'
import type { HttpServer } from '@leadlog/service'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * Tags successful answers by their content and answers 304 to a client that has it. Compression comes behind it, so
 * the tag is a weak one.
 */
export function tagAnswers(app: HttpServer): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode !== 200 || typeof payload !== 'string') return payload
    if (request.method !== 'GET' && request.method !== 'HEAD') return payload
    // A shared answer was tagged when it was made.
    if (reply.hasHeader('etag')) return payload
    const tag = tagOf(payload)
    setTag(reply, tag)
    if (!hasTag(request, tag)) return payload
    void reply.code(304).removeHeader('content-type').removeHeader('content-length')
    return null
  })
}

/** Names a content; the same for the same. */
export function tagOf(body: string | Buffer): string {
  return `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
}

export function setTag(reply: FastifyReply, tag: string): void {
  void reply.header('etag', tag).header('cache-control', 'private, no-cache')
}

/** Whether the client says that it has this content. */
export function hasTag(request: FastifyRequest, tag: string): boolean {
  const header = request.headers['if-none-match']
  if (header === undefined) return false
  const opaque = tag.slice(2)
  return header
    .split(',')
    .map((part) => part.trim())
    .some((candidate) => candidate === '*' || candidate.replace(/^W\//, '') === opaque)
}
