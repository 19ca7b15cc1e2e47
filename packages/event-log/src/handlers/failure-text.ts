import { createHash } from 'node:crypto'

/** Enough to recognise a failure; a stack or a vendor's page of HTML does not belong into an event. */
const MAX_LENGTH = 300

/** Hex characters of a fingerprint: enough to tell all failures of a system apart. */
const FINGERPRINT_LENGTH = 16

/** A UUID, or a run of hex with a letter in it, or one of digits that is too long for a telephone number: our ids. */
const OWN_ID =
  /(?<![0-9a-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[0-9]*[a-f])[0-9a-f]{12,}|[0-9]{24,})(?![0-9a-z])/gi

/**
 * A failure's text as it may be kept for ever: without e-mail addresses, telephone numbers and long quotations. Our own
 * ids stay as they are, for whoever looks for what failed.
 */
export function redactedMessage(text: string): string {
  return withoutNumbers(text.replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '[e-mail]'))
    .replace(/(["'`])(?:(?!\1).){40,}\1/g, '[text]')
    .slice(0, MAX_LENGTH)
}

/** What looks like a telephone number, everywhere but in our ids. */
function withoutNumbers(text: string): string {
  const ids = [...text.matchAll(OWN_ID)]
  const between = text.split(OWN_ID)
  return between
    .map((part, index) => part.replace(/\+?\d[\d ()./-]{6,}\d/g, '[number]') + (ids[index]?.[0] ?? ''))
    .join('')
}

/** One value for all failures of a kind: ids, numbers and quoted parts do not tell them apart. */
export function failureFingerprint(service: string, handler: string, code: string, message: string): string {
  const kind = message
    .replace(/(["'`])(?:(?!\1).)*\1/g, '?')
    .replace(OWN_ID, '#')
    .replace(/\[number\]|\d+/g, '#')
  return createHash('sha256')
    .update(JSON.stringify([service, handler, code, kind]))
    .digest('hex')
    .slice(0, FINGERPRINT_LENGTH)
}
