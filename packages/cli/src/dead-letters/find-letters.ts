import type { ReadDatabase } from '@leadlog/gateway/read-models'
import type { DeadLetterPlace } from '@leadlog/operations'
import { notFound, usageError } from '../errors.ts'

/** A dead letter that was named, and whether it is still open. */
export interface FoundLetter extends DeadLetterPlace {
  readonly handler: string
  readonly state: string
}

/** An id in LIKE, taken literally. */
const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** The dead letters with these ids, or beginnings of ids. @throws CliError CLI_NOT_FOUND; CLI_USAGE for an ambiguous one */
export async function findLetters(db: ReadDatabase, ids: readonly string[]): Promise<FoundLetter[]> {
  const found = new Map<string, FoundLetter>()
  for (const id of ids) {
    const letters = await db
      .selectFrom('gateway.dead_letters')
      .select(['id', 'service', 'handler', 'sequence', 'state'])
      .where('id', 'like', `${literally(id)}%`)
      .orderBy('id')
      .limit(2)
      .execute()
    const [letter, other] = letters
    if (!letter) throw notFound(`There is no dead letter ${id}. See: leadlog dead-letters list --all`)
    if (other && letter.id !== id) throw usageError(`"${id}" begins more than one id: give more of it`)
    found.set(letter.id, letter)
  }
  return [...found.values()]
}

/** The open dead letters of a group, oldest first. @throws CliError CLI_NOT_FOUND where there are none */
export async function findOpenGroup(
  db: ReadDatabase,
  given: string
): Promise<{ fingerprint: string; letters: FoundLetter[] }> {
  const letters = await db
    .selectFrom('gateway.dead_letters')
    .select(['id', 'service', 'handler', 'sequence', 'state', 'fingerprint'])
    .where('fingerprint', 'like', `${literally(given)}%`)
    .where('state', '=', 'open')
    .orderBy('at')
    .orderBy('id')
    .execute()
  const [first] = letters
  if (!first) throw notFound(`No dead letter of group ${given} is open. See: leadlog dead-letters list`)
  if (letters.some(({ fingerprint }) => fingerprint !== first.fingerprint))
    throw usageError(`"${given}" begins more than one group: give more of it`)
  return { fingerprint: first.fingerprint, letters }
}
