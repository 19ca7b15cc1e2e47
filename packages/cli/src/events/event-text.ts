import { ERASED, type RecordedEvent } from '@leadlog/contracts'
import type { Context } from '../context.ts'
import type { Style } from '../output/style.ts'

/** The body as the provider sent it. */
export async function payloadOf(context: Context, id: string, data: { keyId: string; body: string }): Promise<unknown> {
  const bytes = await (await context.connect.keyring()).openBytes(data.keyId, data.body, `webhook/${id}`)
  if (bytes === ERASED) return '[erased: past its retention]'
  const text = Buffer.from(bytes).toString('utf8')
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** An event for people: its envelope, its data, and the body of the webhook where it is shown. */
export function eventText(event: RecordedEvent, payload: unknown, style: Style): string {
  const { data, type, id, time, subject, stream, sequence, source, actor, correlationid, causationid, keyid } = event
  const lines: readonly [string, string][] = [
    ['type', style.bold(type)],
    ['id', id],
    ['recorded', `${time} by ${source} (${actor})`],
    ['place', `${stream}:${String(sequence)}`],
    ['about', subject],
    ['because of', causationid === id ? 'nothing: it is the first cause' : causationid],
    ['first cause', correlationid],
    ...(keyid === undefined ? [] : [['sealed under', keyid] as [string, string]])
  ]
  const width = Math.max(...lines.map(([name]) => name.length))
  return [
    ...lines.map(([name, value]) => `${style.dim(name.padEnd(width))}  ${value}`),
    '',
    JSON.stringify(data, null, 2),
    ...(payload === undefined ? [] : ['', style.bold('the webhook as it was sent'), JSON.stringify(payload, null, 2)])
  ].join('\n')
}
