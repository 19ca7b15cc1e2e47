import { problemOf } from './problem.ts'
import { reach } from './reach.ts'
import { CSRF_HEADER } from './session.ts'

/** What the gateway says after a link or a code: signed in, or a code is missing. */
interface Step {
  readonly state: 'signed-in' | 'code-needed'
}

/**
 * Asks for a link to be mailed; the same answer whether or not the address is known.
 *
 * @returns how many minutes the link is good
 * @throws ApiProblem
 */
export async function askForLink(email: string): Promise<number> {
  return ((await post('', { email })) as { minutes: number }).minutes
}

/** Uses up a mailed link. @throws ApiProblem */
export async function confirmLink(link: string): Promise<Step> {
  return (await post('/confirm', { link })) as Step
}

/** Proves the second factor. @throws ApiProblem */
export async function proveCode(code: string): Promise<Step> {
  return (await post('/code', { code })) as Step
}

async function post(path: string, body: object): Promise<unknown> {
  const answer = await reach(`/v1/sign-in${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [CSRF_HEADER]: '1' },
    body: JSON.stringify(body)
  })
  if (!answer.ok) throw await problemOf(answer)
  return answer.json()
}
