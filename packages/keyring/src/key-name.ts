const DAY_KEY = /^day-(\d{4}-\d{2}-\d{2})$/

/** The entry that holds the pepper of person ids; opening it also proves the master key. */
export const ROOT_NAME = 'keyring.root'

export const DAY_NAMES = 'day.*'

/** The name of the key under which raw webhooks received on that UTC day are sealed, `day-2026-11-18`. */
export function dayKeyId(at: Date): string {
  const day = Math.floor(at.getTime() / DAY_MS)
  if (day !== last.day) last = { day, keyId: `day-${at.toISOString().slice(0, 10)}` }
  return last.keyId
}

const DAY_MS = 86_400_000

/** Nearly all webhooks are of the same day as the one before. */
let last = { day: Number.NaN, keyId: '' }

/**
 * The bucket's entry of a key. Days have a subject level of their own, so that they can be listed without the others.
 *
 * @throws TypeError when the id has a character that a key name must not have
 */
export function nameOfKey(keyId: string): string {
  const day = DAY_KEY.exec(keyId)
  if (day) return `day.${day[1] ?? ''}`
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(keyId)) {
    throw new TypeError(`"${keyId}" cannot name a key: use up to 128 letters, digits, - and _`)
  }
  return `key.${keyId}`
}

export function dayKeyIdOfName(name: string): string {
  return name.replace('day.', 'day-')
}

/** The key id of a bucket's entry; the opposite of {@link nameOfKey}. */
export function keyIdOfName(name: string): string {
  return name.startsWith('day.') ? dayKeyIdOfName(name) : name.replace('key.', '')
}
