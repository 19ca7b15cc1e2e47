import { runInTest } from '@leadlog/cli/harness'
import { allAsExpected, differencesFrom, expectedSampleDay, sampleDay, sendDeliveries } from '@leadlog/simulators'
import { eventually } from '@leadlog/testing'
import t from 'tap'
import { crmLeads } from './system/crm.ts'
import { startTestSystem } from './system/test-system.ts'

interface Group {
  readonly fingerprint: string
  readonly count: number
  readonly service: string
  readonly handler: string
}

interface Report {
  readonly total: number
  readonly simulated: number | null
  readonly resolved: number
  readonly failedAgain: number
  readonly remaining: number
  readonly stopped: { readonly because: string; readonly phase: string } | null
}

/** Zoho does not take a note, or a record, as it is: nothing that a repetition by itself would mend. */
const refusing = (route: string, count: number) => ({
  vendor: 'zoho',
  route,
  kind: 'error',
  code: 'INVALID_DATA',
  ...(count === 0 ? {} : { count })
})

/** The records of these calls are written with a later change of their lead; their messages are given up all the same. */
const REFUSED_UPSERTS = 2
const CANARIES = 5

void t.test(
  'what a vendor refused for a day goes through once it is mended: the CRM is as after a quiet day',
  async (t) => {
    const system = await startTestSystem()
    t.teardown(() => system.stop())
    const leadlog = (...args: string[]) => runInTest(args, { environment: system.environment })
    const openGroups = async (service: string) => {
      const listed = (await leadlog('dead-letters', 'list', '--json')).json() as { data: Group[] }
      return listed.data.filter((group) => group.service === service)
    }

    await system.control('PUT', 'faults', [refusing('/Notes', 0), refusing('/upsert', REFUSED_UPSERTS)])
    const sent = await sendDeliveries(sampleDay({ secrets: system.secrets, includeBad: false }), {
      ingest: system.ingestUrl
    })
    t.ok(allAsExpected(sent))
    await system.settled(undefined, { givenUp: true })
    const groups = await openGroups('crm-sync')
    t.ok(
      groups.some(({ handler, count }) => handler === 'write-notes' && count > CANARIES),
      'notes were given up'
    )
    t.ok(differencesFrom(expectedSampleDay(), await crmLeads(system)).length > 0, 'and are missing in the CRM')

    await t.test('while the cause is not mended, a group stops at the first canary', async (t) => {
      await system.control('PUT', 'faults', [refusing('/Notes', 0), refusing('/upsert', 0)])
      const notes = groups.find(({ handler }) => handler === 'write-notes')
      const before = (await openGroups('crm-sync')).reduce((sum, { count }) => sum + count, 0)
      const run = await leadlog('dead-letters', 'retry', '--group', notes?.fingerprint ?? '', '--yes', '--json')
      t.equal(run.exitCode, 1, run.stderr)
      t.match(run.json(), {
        total: notes?.count,
        simulated: notes?.count,
        resolved: 0,
        failedAgain: 1,
        remaining: (notes?.count ?? 0) - 1,
        stopped: { because: 'same-failure', phase: 'canary' }
      })
      const after = (await openGroups('crm-sync')).reduce((sum, { count }) => sum + count, 0)
      t.equal(after, before, 'all of them are still open')
    })

    await system.control('PUT', 'faults', [])
    for (const { fingerprint, count } of groups) {
      const run = await leadlog('dead-letters', 'retry', '--group', fingerprint, '--yes', '--json')
      t.equal(run.exitCode, 0, run.stdout + run.stderr)
      const report = run.json() as Report
      t.match(report, { total: count, simulated: count, resolved: count, stopped: null }, run.stdout)
    }
    await system.settled()
    t.strictSame(
      differencesFrom(expectedSampleDay(), await crmLeads(system)),
      [],
      'the CRM holds the written-down result'
    )

    const useless = await openGroups('meetings')
    for (const { fingerprint } of useless) {
      const { data } = (await leadlog('dead-letters', 'list', '--all', '--group', fingerprint, '--json')).json() as {
        data: { id: string; closedBy: string | null }[]
      }
      const ids = data.map(({ id }) => id)
      t.equal(
        (await leadlog('dead-letters', 'discard', ...ids, '--reason', 'no lead in it')).exitCode,
        4,
        'it asks first'
      )
      const run = await leadlog('dead-letters', 'discard', ...ids, '--reason', 'no lead in it', '--yes')
      t.equal(run.exitCode, 0, run.stdout + run.stderr)
    }
    const closed = await eventually(async () => {
      const { totals, balanced } = (await system.read('/v1/ledger')) as {
        totals: { failed: number; parked: number; processing: number }
        balanced: boolean
      }
      return balanced && totals.failed === 0 && totals.parked === 0 && totals.processing === 0
    })
    t.ok(closed, 'the ledger is closed')
    t.equal((await leadlog('dead-letters', 'list')).exitCode, 0, 'nothing waits for an operator')

    const { data: resolved } = (
      await leadlog('dead-letters', 'list', '--state', 'resolved', '--all', '--limit', '500', '--json')
    ).json() as { data: { id: string; closedBy: string }[] }
    t.equal(
      resolved.length,
      groups.reduce((sum, { count }) => sum + count, 0)
    )
    t.ok(resolved.every(({ closedBy }) => closedBy === 'user:operator'))
    const plain = await leadlog('dead-letters', 'show', resolved[0]?.id ?? '', '--json')
    t.equal(plain.exitCode, 0, plain.stderr)
    t.match(plain.json(), { state: 'resolved', payloadMissing: null })
    const revealed = await leadlog('dead-letters', 'show', resolved[0]?.id ?? '', '--reveal', '--json')
    t.equal(revealed.exitCode, 0, revealed.stderr)
    t.same((revealed.json() as { payload: { redacted: string[] } }).payload.redacted, [])
    const looks = await eventually(async () => {
      const { data } = (await system.read('/v1/events?type=ops.PayloadRevealed.v1')) as { data: { actor: string }[] }
      return data.length > 0 ? data : null
    })
    t.match(looks, [{ actor: 'user:operator' }], 'who looked is recorded')
    const runs = (await system.read('/v1/events?type=ops.RedriveCompleted.v1')) as { data: unknown[] }
    t.equal(runs.data.length, groups.length)
  }
)
