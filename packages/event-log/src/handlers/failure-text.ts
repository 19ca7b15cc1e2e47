import { createHash } from 'node:crypto'

/** Enough to recognise a failure; a stack or a vendor's page of HTML does not belong into an event. */
const MAX_LENGTH = 300

/** Hex characters of a fingerprint: enough to tell all failures of a system apart. */
const FINGERPRINT_LENGTH = 16

/** A failure's text as it may be kept for ever: without e-mail addresses, telephone numbers and long quotations. */
export function redactedMessage(text: string): string {
  return text
    .replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '[e-mail]')
    .replace(/\+?\d[\d ()./-]{6,}\d/g, '[number]')
    .replace(/(["'`])(?:(?!\1).){40,}\1/g, '[text]')
    .slice(0, MAX_LENGTH)
}

/** One value for all failures of a kind: ids, numbers and quoted parts do not tell them apart. */
export function failureFingerprint(service: string, handler: string, code: string, message: string): string {
  const kind = message
    .replace(/(["'`])(?:(?!\1).)*\1/g, '?')
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '#')
    .replace(/\b[0-9a-f]{12,}\b/gi, '#')
    .replace(/\d+/g, '#')
  return createHash('sha256')
    .update(JSON.stringify([service, handler, code, kind]))
    .digest('hex')
    .slice(0, FINGERPRINT_LENGTH)
}
