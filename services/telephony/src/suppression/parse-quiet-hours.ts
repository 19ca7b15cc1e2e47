import type { QuietHours } from '@leadlog/contracts'

/** `21:00-08:00`, or `none`. Null for anything else. */
export function parseQuietHours(text: string): QuietHours | null {
  if (text === 'none') return { from: '00:00', until: '00:00' }
  const match = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(text)
  return match?.[1] !== undefined && match[2] !== undefined ? { from: match[1], until: match[2] } : null
}
