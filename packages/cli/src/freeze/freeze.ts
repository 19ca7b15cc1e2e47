import { randomBytes } from 'node:crypto'
import type { RecordedEvent } from '@leadlog/contracts'
import { freezeEvents, type Frozen } from '@leadlog/frozen'
import type { Context } from '../context.ts'
import type { EventFinder } from '../events/event-finder.ts'
import { list } from '../declaration/option.ts'
import { version } from '../version.ts'
import { frozenConfiguration } from './frozen-configuration.ts'
import { createLogReader } from './log-reader.ts'

const KEY_BYTES = 32

/** Freezes events of the system at hand. The key of the made-up values is kept nowhere. @throws as `freezeEvents` does */
export async function freeze(
  { connect, target }: Context,
  finder: EventFinder,
  events: readonly RecordedEvent[],
  { also, alongside = [] }: { also: readonly string[]; alongside?: readonly RecordedEvent[] }
): Promise<Frozen> {
  const log = await connect.openLog()
  return freezeEvents(events, {
    reader: createLogReader(log, await connect.keyring(), finder),
    configuration: await frozenConfiguration(log, target.environment),
    version,
    key: randomBytes(KEY_BYTES),
    also,
    alongside
  })
}

/** The option of every verb that freezes. */
export const alsoOption = list('further names to replace, of people who are only spoken of', { placeholder: '<name>' })
