import { ApiProblem } from '../../api/problem.ts'
import { needsNewLink, signInProblem } from '../../words/sign-in.ts'

export function problemWords(error: Error): string {
  return error instanceof ApiProblem ? signInProblem(error) : error.message
}

/** Whether the link, or what followed it, is lost. */
export function isLost(error: Error): boolean {
  return error instanceof ApiProblem && needsNewLink(error)
}
