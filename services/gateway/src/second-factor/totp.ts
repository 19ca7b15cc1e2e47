import { Secret, TOTP } from 'otpauth'

/** As every authenticator app has it. */
const PERIOD_SECONDS = 30
const DIGITS = 6
/** Steps that a clock may be off, either way. */
const TOLERATED_STEPS = 1
/** 160 bits: what RFC 4226 recommends. */
const SECRET_BYTES = 20

export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32
}

/** What an authenticator app reads, as text or as a QR code. */
export function totpUri(secret: string, email: string): string {
  return totpOf(secret, email).toString()
}

/** The time step of a code that is good at the moment; null for a wrong one. */
export function codeStep(secret: string, code: string, at: Date): number | null {
  const timestamp = at.getTime()
  const delta = totpOf(secret).validate({ token: code, timestamp, window: TOLERATED_STEPS })
  return delta === null ? null : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta
}

function totpOf(secret: string, label = ''): TOTP {
  const issuer = 'Leadlog'
  return new TOTP({ issuer, label, secret: Secret.fromBase32(secret), digits: DIGITS, period: PERIOD_SECONDS })
}
