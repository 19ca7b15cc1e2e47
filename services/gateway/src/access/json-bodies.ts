import { HttpProblem, type HttpServer } from '@leadlog/service'

/** Deeper than any body of ours; code that walks a value cannot be made to run out of stack. */
const MAX_DEPTH = 32

/**
 * Reads JSON as Fastify does, `__proto__` and `constructor.prototype` refused, and refuses nesting before it is parsed.
 */
export function readJsonBodies(app: HttpServer): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = typeof body === 'string' ? body : body.toString('utf8')
    if (isDeeperThan(MAX_DEPTH, text)) {
      done(new HttpProblem(400, 'BODY_TOO_DEEP', `The body is nested deeper than ${String(MAX_DEPTH)} levels`))
      return
    }
    void parse(request, text, done)
  })
}

/** Counts brackets outside of texts; whether it is JSON at all is the parser's to say. */
function isDeeperThan(limit: number, text: string): boolean {
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (quoted) {
      if (sign === '\\') at += 1
      else if (sign === '"') quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === '[' || sign === '{') {
      depth += 1
      if (depth > limit) return true
    } else if (sign === ']' || sign === '}') depth -= 1
  }
  return false
}
