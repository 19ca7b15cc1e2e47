import { TransientError } from '@leadlog/contracts'
import { bodyRead, type CallResult } from '../crm-call.ts'
import { isJsonObject, type JsonObject } from '../vendor-json.ts'
import { zohoErrors } from './zoho-errors.ts'

/**
 * The list that Zoho answered. Nothing there is an answer without a body; what cannot be read must not pass for it.
 *
 * @throws TransientError, PermanentError
 */
export function zohoListOf(result: CallResult, module: string): JsonObject {
  const body = bodyRead(result, zohoErrors.unavailable)
  if (body === null) return {}
  if (isJsonObject(body) && Array.isArray(body['data'])) return body
  throw new TransientError(zohoErrors.unavailable, `Zoho's list of ${module} could not be read; tried again later`)
}
