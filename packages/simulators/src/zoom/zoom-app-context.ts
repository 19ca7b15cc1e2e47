import { createCipheriv, createHash, randomBytes } from 'node:crypto'

/** What Zoom's client knows of who opens an app, under the names that it uses. */
export interface ZoomAppClaims {
  typ: string
  uid: string
  aud: string
  iss: string
  ts: number
  exp: number
  mid?: string
  attendrole?: string
}

/** How long Zoom lets a context be good. */
const GOOD_MS = 120_000

/** The claims for an app that somebody opens now. */
export function zoomAppClaims(
  who: { uid: string; clientId: string; mid?: string },
  now: Date = new Date()
): ZoomAppClaims {
  const { uid, clientId: aud, mid } = who
  const ts = now.getTime()
  const inMeeting = mid === undefined ? {} : { mid, attendrole: 'host' }
  return {
    typ: mid === undefined ? 'panel' : 'meeting',
    uid,
    aud,
    iss: 'marketplace.zoom.us',
    ts,
    exp: ts + GOOD_MS,
    ...inMeeting
  }
}

/**
 * The header `x-zoom-app-context` as Zoom's client sends it.
 *
 * @param claims usually of {@link zoomAppClaims}; a text is sealed as it is
 */
export function sealZoomAppContext(
  claims: unknown,
  clientSecret: string,
  { aad = '', ivLength = 12 }: { aad?: string; ivLength?: number } = {}
): string {
  const key = createHash('sha256').update(clientSecret).digest()
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(aad))
  const body = Buffer.concat([
    cipher.update(typeof claims === 'string' ? claims : JSON.stringify(claims)),
    cipher.final()
  ])
  const aadLength = Buffer.alloc(2)
  aadLength.writeUInt16LE(Buffer.byteLength(aad))
  const bodyLength = Buffer.alloc(4)
  bodyLength.writeUInt32LE(body.length)
  const parts = [Buffer.from([ivLength]), iv, aadLength, Buffer.from(aad), bodyLength, body, cipher.getAuthTag()]
  return Buffer.concat(parts).toString('base64')
}
