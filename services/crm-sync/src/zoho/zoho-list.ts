import { TransientError } from '@leadlog/contracts'
import type { CallResult } from '../crm-call.ts'
import { isJsonObject, type JsonObject } from '../vendor-json.ts'
import { zohoErrors } from './zoho-errors.ts'

/**
 * The list that Zoho answered. Nothing there is an answer without a body; what cannot be read must not pass for it.
 *
 * @throws TransientError, PermanentError
 */
export function zohoListOf(result: CallResult, module: string): JsonObject {
  if (result.kind === 'failed') throw result.error
  if (result.kind === 'unknown') {
    throw new TransientError(zohoErrors.unavailable, result.reason, { countsAsAttempt: result.vendorAway !== true })
  }
  if (result.body === null) return {}
  if (isJsonObject(result.body) && Array.isArray(result.body['data'])) return result.body
  throw new TransientError(zohoErrors.unavailable, `Zoho's list of ${module} could not be read; tried again later`)
}
