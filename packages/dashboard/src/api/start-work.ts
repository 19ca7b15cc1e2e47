import type { RowOf } from './client.ts'
import { intents } from './intents.ts'
import { write } from './write.ts'

/** Something that an operator started, as every list of this kind and every progress tells it. */
export type Work = RowOf<'/v1/redrives'>

/** Starts something that takes a while. @returns its id, and what a read must include to see it */
export async function startWork(path: string, body: object): Promise<{ id: string; after: number }> {
  return intents.act(path, body, (key) => write('POST', path, body, key) as Promise<{ id: string; after: number }>)
}

/** Asks to stop it; what it has done so far stays. */
export async function cancelWork(path: string, id: string): Promise<void> {
  await write('POST', `${path}/${id}/cancel`)
}
