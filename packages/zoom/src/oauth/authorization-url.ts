import { createHash, randomBytes } from 'node:crypto'

/** The secret that only who began a connection can finish it with (RFC 7636). */
export interface Pkce {
  readonly verifier: string
  readonly challenge: string
}

const VERIFIER_BYTES = 48

export function newPkce(random: (size: number) => Buffer = randomBytes): Pkce {
  const verifier = random(VERIFIER_BYTES).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** Where a user goes to let the app act for them. */
export function authorizationUrl(request: {
  readonly oauthUrl: string
  readonly clientId: string
  readonly redirectUri: string
  readonly state: string
  readonly challenge: string
}): string {
  const url = new URL(`${request.oauthUrl.replace(/\/+$/, '')}/oauth/authorize`)
  url.searchParams.set('response_type', 'code')
  url.searchParams.set('client_id', request.clientId)
  url.searchParams.set('redirect_uri', request.redirectUri)
  url.searchParams.set('state', request.state)
  url.searchParams.set('code_challenge', request.challenge)
  url.searchParams.set('code_challenge_method', 'S256')
  return url.href
}
