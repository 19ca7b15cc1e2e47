import { bodyNotJson } from '../errors.ts'

/** The body as JSON. @throws HttpProblem BODY_NOT_JSON, without what the body says */
export function parsedJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw bodyNotJson(error instanceof Error ? error.message.replace(/"[^"]*"/g, '…') : 'unreadable')
  }
}
