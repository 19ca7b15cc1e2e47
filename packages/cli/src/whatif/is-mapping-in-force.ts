import { isDeepStrictEqual } from 'node:util'
import type { Environment } from '@leadlog/service'
import type { Run } from '@leadlog/whatif'
import { readMappings } from './read-mappings.ts'

/** True where what was tried out as mapping is what the CRM sync is configured with by now. */
export function isMappingInForce(environment: Environment, { variant }: Run): boolean {
  if (variant.mapping === null) return true
  const { is, wouldBe } = readMappings(environment, variant.mapping)
  return isDeepStrictEqual(is.document, wouldBe.document)
}
