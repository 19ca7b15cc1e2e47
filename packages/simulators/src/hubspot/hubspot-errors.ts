import type { JsonObject } from '../json.ts'
import { seededUuid } from '../seeded.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'

/** What is wrong with one property of one object. */
export interface PropertyProblem extends JsonObject {
  isValid: false
  message: string
  /** HubSpot's name of the mistake, for example `INVALID_EMAIL`. */
  error: string
  name: string
}

/** A refused object, or a refused request: HubSpot uses one form for both. */
export interface HubspotRefusal extends JsonObject {
  status: 'error'
  message: string
  category: string
}

let told = 0

/** Ids by which HubSpot's support finds an answer again. */
const nextId = (): string => {
  told += 1
  return seededUuid('hubspot answer', told)
}

export const refusal = (category: string, message: string, more: JsonObject = {}): HubspotRefusal => ({
  status: 'error',
  category,
  message,
  ...more
})

/** Values that do not fit their properties. */
export const invalidProperties = (problems: readonly PropertyProblem[]): HubspotRefusal =>
  refusal('VALIDATION_ERROR', `Property values were not valid: ${JSON.stringify(problems)}`)

export const propertyProblem = (name: string, error: string, message: string): PropertyProblem => ({
  isValid: false,
  message,
  error,
  name
})

const statusOfCategory: Record<string, number> = {
  VALIDATION_ERROR: 400,
  INVALID_AUTHENTICATION: 401,
  EXPIRED_AUTHENTICATION: 401,
  MISSING_SCOPES: 403,
  OBJECT_NOT_FOUND: 404,
  CONFLICT: 409
}

/** A refusal as the answer to a whole request. */
export const refusedAnswer = ({ status, message, ...rest }: HubspotRefusal): VendorAnswer =>
  jsonAnswer(statusOfCategory[rest.category] ?? 400, { status, message, correlationId: nextId(), ...rest })

const policies: Record<string, string> = {
  DAILY: 'You have reached your daily limit.',
  TEN_SECONDLY_ROLLING: 'You have reached your ten_secondly_rolling limit.',
  SECONDLY: 'You have reached your secondly limit.'
}

/** Too many requests. HubSpot names the limit and never how long to stay away. */
export const rateLimitAnswer = (policyName: string, headers: Record<string, string> = {}): VendorAnswer =>
  jsonAnswer(
    429,
    {
      status: 'error',
      message: policies[policyName] ?? 'You have reached a limit.',
      errorType: 'RATE_LIMIT',
      correlationId: nextId(),
      policyName,
      requestId: nextId()
    },
    headers
  )

const messages: Record<string, string> = {
  INVALID_AUTHENTICATION: 'Authentication credentials not found.',
  EXPIRED_AUTHENTICATION: 'The OAuth token used to make this call expired.',
  MISSING_SCOPES: 'This app has not been granted all the scopes that this call needs.',
  OBJECT_NOT_FOUND: 'The requested resource could not be found.',
  VALIDATION_ERROR: 'Invalid input JSON.',
  CONFLICT: 'Contact already exists.'
}

/** HubSpot's answer for a status, a category or the name of a limit. */
export const hubspotError = (code: string): VendorAnswer => {
  if (code === '429') return rateLimitAnswer('TEN_SECONDLY_ROLLING')
  if (code in policies) return rateLimitAnswer(code)
  if (code === '404') return refusedAnswer(refusal('OBJECT_NOT_FOUND', messages.OBJECT_NOT_FOUND ?? code))
  if (/^\d+$/.test(code)) {
    return jsonAnswer(Number(code), { status: 'error', message: 'internal error', correlationId: nextId() })
  }
  return refusedAnswer(refusal(code, messages[code] ?? code))
}
