import { Value } from '@sinclair/typebox/value'
import { FrozenError } from './errors.ts'
import { FrozenEvent } from './frozen-event.ts'

/** The text of a frozen event's file. */
export function frozenText(frozen: FrozenEvent): string {
  return `${JSON.stringify(frozen, null, 2)}\n`
}

/** @throws FrozenError FROZEN_FILE_INVALID that names the first place that is wrong */
export function parseFrozen(text: string, name: string): FrozenEvent {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new FrozenError('FROZEN_FILE_INVALID', `${name} is no JSON. Freeze the event anew`, { cause })
  }
  if (Value.Check(FrozenEvent, value)) return value
  const problem = Value.Errors(FrozenEvent, value).First()
  throw new FrozenError(
    'FROZEN_FILE_INVALID',
    `${name} is no frozen event that this release can read: ${problem?.path || '/'} ${problem?.message.toLowerCase() ?? ''}. Freeze the event anew`
  )
}
