import { HttpProblem } from '@leadlog/service'

/** Seconds after which a provider may try again while its secret is not configured. */
const NOT_CONFIGURED_RETRY_SECONDS = 60

export function signatureMissing(detail: string): HttpProblem {
  return new HttpProblem(401, 'SIGNATURE_MISSING', detail)
}

export function signatureInvalid(detail: string): HttpProblem {
  return new HttpProblem(401, 'SIGNATURE_INVALID', detail)
}

/** The signature is right but too old, or from the future: a replay, or a clock that is off. */
export function signatureStale(ageSeconds: number, toleranceSeconds: number): HttpProblem {
  return new HttpProblem(
    401,
    'SIGNATURE_STALE',
    `The signature's time is ${Math.abs(Math.round(ageSeconds))} s ${ageSeconds >= 0 ? 'old' : 'in the future'}; at most ${toleranceSeconds} s are accepted`
  )
}

/** Without the secret nothing can be verified. The provider is told to come again, so that nothing is lost. */
export function secretNotConfigured(variable: string): HttpProblem {
  return new HttpProblem(503, 'PROVIDER_NOT_CONFIGURED', `Deliveries cannot be verified: set ${variable}`, {
    retryAfterSeconds: NOT_CONFIGURED_RETRY_SECONDS
  })
}

export function providerUnknown(provider: string): HttpProblem {
  return new HttpProblem(404, 'PROVIDER_UNKNOWN', `There is no provider "${provider}"`)
}

export function bodyNotJson(reason: string): HttpProblem {
  return new HttpProblem(400, 'BODY_NOT_JSON', `The body is not valid JSON: ${reason}`)
}

export function bodyInvalid(errors: readonly { path: string; message: string }[]): HttpProblem {
  const first = errors[0]
  return new HttpProblem(
    400,
    'BODY_INVALID',
    first ? `${first.path} ${first.message}` : 'The body is not as expected',
    { errors: [...errors] }
  )
}
