import type { StreamDifference } from './stream-diff.ts'

/**
 * What a difference takes:
 * - `none`: the stream takes more subjects than this release wants, so a newer one was here; it is left alone
 * - `start`: it only widens the stream, nothing stored is touched; a start does it by itself
 * - `apply`: messages may go, or somebody has to know; `leadlog streams apply` does it after a yes
 * - `copy`: the server cannot change it in a stream that exists
 */
export type Mending = 'none' | 'start' | 'apply' | 'copy'

/**
 * Descriptions that begin so keep services from starting: what is in the stream is not whole yet. A restore writes it
 * first and takes it away last.
 */
export const NOT_READY_MARK = 'Restore not finished: start no service.'

/** Features of the server that a release begins to use; a stream that has them loses nothing. */
const SWITCHES = new Set(['allow_direct', 'allow_atomic', 'allow_msg_schedules', 'allow_msg_ttl'])

/** Limits for which these values mean that there is none. */
const NO_LIMIT: Readonly<Record<string, number>> = {
  max_age: 0,
  max_msgs: -1,
  max_bytes: -1,
  max_msgs_per_subject: -1,
  max_msg_size: -1
}

/** Judges one difference by what it would do to what is stored. */
export function mendingOf({ field, is, shouldBe }: StreamDifference): Mending {
  if (field === 'subjects') return mendingOfSubjects(is, shouldBe)
  if (field === 'description') return String(is).startsWith(NOT_READY_MARK) ? 'apply' : 'start'
  if (SWITCHES.has(field)) return shouldBe === true ? 'start' : 'apply'
  if (field === 'duplicate_window') return Number(shouldBe) > Number(is) ? 'start' : 'apply'
  if (field in NO_LIMIT) return isWider(Number(shouldBe), Number(is), NO_LIMIT[field]) ? 'start' : 'apply'
  if (field === 'storage') return 'copy'
  // The server changes neither to nor from a work queue, and never takes these two back.
  if (field === 'retention') return is === 'workqueue' ? 'copy' : 'apply'
  if (field === 'deny_delete' || field === 'deny_purge') return is === true ? 'copy' : 'apply'
  return 'apply'
}

function mendingOfSubjects(is: unknown, shouldBe: unknown): Mending {
  const [has, wants] = [listOf(is), listOf(shouldBe)]
  if (wants.every((subject) => has.includes(subject))) return 'none'
  return has.every((subject) => wants.includes(subject)) ? 'start' : 'apply'
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function isWider(next: number, present: number, none: number | undefined): boolean {
  if (present === none) return false
  return next === none || next > present
}
