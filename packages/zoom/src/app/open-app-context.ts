import { createDecipheriv, createHash } from 'node:crypto'
import { PermanentError } from '@leadlog/contracts'

/** What Zoom says of who opened the app, and where. */
export interface AppContext {
  /** `meeting`, `panel`, `webinar` and others that may come. */
  readonly type: string
  /** Zoom's id of the user. */
  readonly userId: string
  /** The uuid of the running meeting; null outside of one. */
  readonly meetingUuid: string | null
  /** `host`, `attendee` and others; null outside of a meeting. */
  readonly role: string | null
  readonly issuedAt: Date
  readonly expiresAt: Date
}

/** Why a context is not taken. */
export type AppContextRefusal =
  | 'ZOOM_CONTEXT_MALFORMED'
  | 'ZOOM_CONTEXT_TAMPERED'
  | 'ZOOM_CONTEXT_INVALID'
  | 'ZOOM_CONTEXT_FOREIGN'
  | 'ZOOM_CONTEXT_FUTURE'
  | 'ZOOM_CONTEXT_EXPIRED'

export interface AppContextOptions {
  readonly clientId: string
  readonly clientSecret: string
  readonly now: Date
}

/** Clocks differ by this at most; Zoom names no tolerance. */
const MAX_AHEAD_MS = 60_000
/** Real ones have some hundred characters. */
const MAX_LENGTH = 8_192
const BASE64_FORM = /^[A-Za-z0-9+/_-]+={0,2}$/
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * Opens what Zoom's client sends as `x-zoom-app-context` and `zoomSdk.getAppContext()` answers: base64 of either alphabet
 * of `[1 B iv length][iv][2 B LE aad length][aad][4 B LE cipher length][cipher][16 B tag]`, AES-256-GCM under the SHA-256
 * of the app's client secret. Only Zoom and we know that, so whatever opens was made by Zoom for one of its users.
 *
 * @throws PermanentError with an {@link AppContextRefusal}; its text holds nothing of the context
 */
export function openAppContext(text: string, { clientId, clientSecret, now }: AppContextOptions): AppContext {
  const claims = parsedClaims(decrypted(text, createHash('sha256').update(clientSecret, 'utf8').digest()))
  const { typ, uid, aud, ts, exp, mid, attendrole } = claims
  if (!isText(uid) || !isText(typ) || !isMoment(ts) || !isMoment(exp)) throw invalid('typ, uid, ts or exp')
  if (!isAbsent(mid) && typeof mid !== 'string') throw invalid('mid')
  if (!isAbsent(attendrole) && typeof attendrole !== 'string') throw invalid('attendrole')
  if (typeof aud !== 'string') throw invalid('aud')
  if (aud !== clientId) throw refusal('ZOOM_CONTEXT_FOREIGN', 'it was made for another app; check ZOOM_CLIENT_ID')
  if (ts > now.getTime() + MAX_AHEAD_MS)
    throw refusal('ZOOM_CONTEXT_FUTURE', 'it was made in the future; check the clock of this machine')
  if (exp <= now.getTime()) throw refusal('ZOOM_CONTEXT_EXPIRED', 'it has expired; open the app again')
  return {
    type: typ,
    userId: uid,
    meetingUuid: textOrNull(mid),
    role: textOrNull(attendrole),
    issuedAt: new Date(ts),
    expiresAt: new Date(exp)
  }
}

function decrypted(text: string, key: Buffer): string {
  const { iv, aad, cipher, tag } = partsOf(text)
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(aad)
  decipher.setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(cipher), decipher.final()]).toString('utf8')
  } catch {
    throw refusal('ZOOM_CONTEXT_TAMPERED', 'it does not open; check ZOOM_CLIENT_SECRET')
  }
}

function partsOf(text: string): { iv: Buffer; aad: Buffer; cipher: Buffer; tag: Buffer } {
  // Node reads both alphabets, and skips what belongs to neither.
  if (text.length > MAX_LENGTH || !BASE64_FORM.test(text)) throw malformed()
  const bytes = Buffer.from(text, 'base64')
  let at = 0
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw malformed()
    return bytes.subarray(at, (at += length))
  }
  const iv = take(take(1).readUInt8())
  const aad = take(take(2).readUInt16LE())
  const cipher = take(take(4).readUInt32LE())
  const tag = take(TAG_BYTES)
  if (iv.length !== IV_BYTES || at !== bytes.length) throw malformed()
  return { iv, aad, cipher, tag }
}

function parsedClaims(json: string): Readonly<Record<string, unknown>> {
  let claims: unknown
  try {
    claims = JSON.parse(json)
  } catch {
    throw invalid('its JSON')
  }
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) throw invalid('its JSON')
  return claims as Readonly<Record<string, unknown>>
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** Milliseconds that a date can hold. */
function isMoment(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= 8.64e15
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null
}

function textOrNull(value: unknown): string | null {
  return isText(value) ? value : null
}

function malformed(): PermanentError {
  return refusal('ZOOM_CONTEXT_MALFORMED', 'it is cut off, or no context at all')
}

function invalid(what: string): PermanentError {
  return refusal('ZOOM_CONTEXT_INVALID', `${what} is not as Zoom documents it`)
}

function refusal(code: AppContextRefusal, because: string): PermanentError {
  return new PermanentError(code, `The context of the Zoom App is not taken: ${because}.`)
}
