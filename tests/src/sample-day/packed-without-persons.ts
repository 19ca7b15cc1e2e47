import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { runInTest } from '@leadlog/cli/harness'
import { findLeftovers, findPersonalValues } from '@leadlog/frozen/scrub'
import { sampleDay } from '@leadlog/simulators'
import type { Test } from 'tap'
import type { TestSystem } from '../system/test-system.ts'

interface Created {
  events: number
  frozen: number
  leftOut: { eventId: string; service: string; handler: string; because: string }[]
}

/** A whole day is packed without its persons, and handled again with nothing running. It changes nothing. */
export async function packedWithoutPersons(t: Test, system: TestSystem): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'leadlog-bundle-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const deliveries = sampleDay({ secrets: system.secrets })
  const file = path.join(folder, 'day.tar.gz')
  const made = await runInTest(['bundle', 'create', '--from', '1d', '--out', file, '--json'], {
    environment: system.environment
  })
  t.equal(made.exitCode, 0, made.stderr)
  const { events, frozen, leftOut } = made.json() as Created
  t.ok(events > frozen && frozen > 300, `${String(frozen)} of ${String(events)} events are frozen`)
  t.same(
    leftOut.filter(({ service }) => service === 'meetings' || service === 'crm'),
    [],
    'every fact and every decision on a lead is reproduced'
  )
  const reasons = Object.groupBy(leftOut, ({ service, handler, because }) => `${service} ${handler}: ${because}`)
  t.ok(leftOut.length < frozen / 10, `${String(leftOut.length)} handlings are named as not reproduced`, {
    reasons: Object.entries(reasons).map(([reason, found]) => `${String(found?.length ?? 0)} × ${reason}`)
  })
  for (const { because } of leftOut) t.ok(because)

  const bytes = gunzipSync(readFileSync(file)).toString('utf8')
  const personal = findPersonalValues(
    deliveries.map(({ body }) => body).flatMap((body) => json(body)),
    ['leadlog.example']
  )
  t.ok(personal.values.size > 50, 'the day has persons')
  const values = { ...personal, words: new Set<string>() }
  t.same(findLeftovers(bytes, values), [], 'no name, address or number of the day is in the file')

  const opened = await runInTest(['bundle', 'open', file, '--json'])
  t.equal(opened.exitCode, 0, opened.stderr)
  const { handled, different } = opened.json() as { handled: number; different: unknown[] }
  t.ok(handled > frozen, `${String(handled)} handlings were done again without a server`)
  t.same(different, [])
}

function json(body: unknown): unknown[] {
  try {
    return [JSON.parse(Buffer.from(body as Uint8Array).toString('utf8'))]
  } catch {
    return []
  }
}
