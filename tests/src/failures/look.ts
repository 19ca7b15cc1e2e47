import { readFileSync } from 'node:fs'
import type { Program } from '../system/program.ts'

/** What a program answers at the route. */
export async function textAt({ url }: Program, route: string): Promise<{ status: number; body: string }> {
  const answer = await fetch(`${url}/${route}`)
  return { status: answer.status, body: await answer.text() }
}

/** The newest line of a log that fits; `nothing` where none does. */
export function lastLine(file: string, pattern: RegExp): string {
  return (
    readFileSync(file, 'utf8')
      .split('\n')
      .findLast((line) => pattern.test(line)) ?? 'nothing'
  )
}
