import { isDeepStrictEqual } from 'node:util'
import type { EventLog } from '@leadlog/event-log'
import type { Environment } from '@leadlog/service'
import type { Run } from '../store/run.ts'
import { readMappings } from './read-mappings.ts'

/** True where what was tried out as mapping is what the CRM sync goes by now. */
export async function isMappingInForce(
  log: Pick<EventLog, 'load'>,
  environment: Environment,
  { variant }: Run
): Promise<boolean> {
  if (variant.mapping === null) return true
  const { is, wouldBe } = await readMappings(log, environment, variant.mapping)
  return isDeepStrictEqual(is.document, wouldBe.document)
}
