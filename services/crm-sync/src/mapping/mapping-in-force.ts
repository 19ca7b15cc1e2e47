import type { EventLog } from '@leadlog/event-log'
import { documentOf, fieldMappingOf, mappingRef } from './field-mapping.ts'
import type { MappingDocument } from './mapping-document.ts'

/** The mapping that writes go by: the newest version in the log, or the configuration where there is none yet. */
export async function mappingInForce(
  log: Pick<EventLog, 'load'>,
  configured: MappingDocument
): Promise<MappingDocument> {
  const { mapping } = fieldMappingOf((await log.load(mappingRef(configured.provider))).events)
  return mapping === null ? configured : documentOf(mapping, configured)
}
