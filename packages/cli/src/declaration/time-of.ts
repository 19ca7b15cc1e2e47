import { usageError } from '../errors.ts'
import { momentText, type Moment } from './moment.ts'

/** The time that an option names; undefined where it was not given. @throws CliError for a sequence */
export function timeOf(option: string, at: Moment | undefined): Date | undefined {
  if (at === undefined) return undefined
  if ('sequence' in at) throw usageError(`${option} takes a time here, not ${momentText(at)}`)
  return at.time
}
