import { ApiProblem } from './problem.ts'

/**
 * Asks the gateway, whatever it answers.
 *
 * @throws ApiProblem with status 0 when it could not be reached
 */
export async function reach(address: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(address, init)
  } catch (error) {
    if (init.signal?.aborted === true) throw error
    throw new ApiProblem(
      0,
      'GATEWAY_UNREACHABLE',
      'The gateway cannot be reached. Check the connection; this page asks again by itself.'
    )
  }
}
