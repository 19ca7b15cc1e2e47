import { runInTest } from '@leadlog/cli/harness'
import type { Test } from 'tap'
import { crmSnapshot, zohoLeads } from '../system/crm.ts'
import type { TestSystem } from '../system/test-system.ts'

interface Difference {
  field: string
  kind: string
  is: { value: unknown; readBy: string | null }
  wouldBe: { value: unknown; evidence: string | null; readBy: string | null }
}

interface Found {
  run: {
    id: string
    estimate: { calls: number; kept: number; costMicroUsd: number }
    totals: {
      readings: number
      calls: number
      kept: number
      rejected: number
      costMicroUsd: number
      leads: number
      leadsChanged: number
    }
  }
  records: { leadId: string; email: string; differences: Difference[] }[]
}

/** Every call that any vendor ever got, by vendor. */
async function outsideCalls(system: TestSystem): Promise<Record<string, number>> {
  const { calls } = (await system.control('GET', 'counts')) as { calls: { vendor: string; count: number }[] }
  const byVendor: Record<string, number> = {}
  for (const { vendor, count } of calls) byVendor[vendor] = (byVendor[vendor] ?? 0) + count
  return byVendor
}

async function eventCount(system: TestSystem): Promise<unknown> {
  const { data } = (await system.read('/v1/projections')) as { data: { stream: string; head?: number }[] }
  return data.filter(({ stream }) => stream === 'EVENTS')
}

/** A what-if shows what would be different and touches nothing; what is put into force changes those selected only. */
export async function whatIf(t: Test, system: TestSystem): Promise<void> {
  const compare = async (...args: string[]): Promise<Found> => {
    const result = await runInTest(['whatif', ...args, '--json'], { environment: system.environment })
    if (result.exitCode !== 0) throw new Error(result.stderr)
    return result.json() as Found
  }
  const before = { calls: await outsideCalls(system), crm: await crmSnapshot(system), log: await eventCount(system) }

  const same = await compare('run', '--reader', 'rules')
  t.ok(same.run.totals.leads > 20, 'all leads were read again')
  t.equal(same.run.totals.leadsChanged, 0, 'the same rules give what the CRM holds')
  const mapped = await compare('run', '--set', 'ZCF_BUDGET=Annual_Budget', '--set', 'ZCF_NEED=')
  const fields = new Set(mapped.records.flatMap(({ differences }) => differences.map(({ field }) => field)))
  t.strictSame([...fields].sort(), ['Annual_Budget', 'Budget', 'Need'], 'another mapping moves its fields only')
  t.same(await outsideCalls(system), before.calls, 'nobody outside was asked')

  const asked = await runInTest(['whatif', 'run', '--reader', 'gemini', '--json'], { environment: system.environment })
  t.equal(asked.exitCode, 4, 'what costs money needs consent')
  t.same(await outsideCalls(system), before.calls, 'and without it nobody is asked')

  const read = await compare('run', '--reader', 'gemini', '--yes')
  const { totals, estimate } = read.run
  t.ok(totals.leadsChanged > 0, 'a model reads more than the rules')
  t.ok(estimate.costMicroUsd > 0 && totals.costMicroUsd > 0, 'its cost was estimated and counted')
  t.equal(estimate.calls, totals.readings - totals.rejected, 'a report without substance is not asked about')
  const difference = read.records.flatMap(({ differences }) => differences).find(({ wouldBe }) => wouldBe.evidence)
  t.match(difference, { wouldBe: { readBy: /^gemini / } }, 'a difference names its reader and quotes the words')
  const after = await outsideCalls(system)
  t.same({ ...after, gemini: 0 }, { ...before.calls, gemini: 0 }, 'nobody but the model was asked')
  t.equal(after['gemini'], totals.calls, 'as often as it was counted')

  const again = await compare('run', '--reader', 'gemini')
  t.match(again.run, {
    estimate: { calls: 0 },
    totals: { calls: 0, kept: totals.readings - totals.rejected, costMicroUsd: 0 }
  })
  t.same(
    again.records.map(({ leadId, differences }) => [leadId, differences]),
    read.records.map(({ leadId, differences }) => [leadId, differences]),
    'kept answers give the same differences'
  )
  t.same(await outsideCalls(system), after, 'and ask nobody')
  t.same(await crmSnapshot(system), before.crm, 'the CRM did not change')
  t.same(await eventCount(system), before.log, 'the log did not grow')

  const three = again.records.filter(({ differences }) => differences.length > 0).slice(0, 3)
  const [first, second, third] = three
  if (!first || !second || !third) throw new Error('fewer than three leads would be different')
  const apply = (...args: string[]) =>
    runInTest(['whatif', 'apply', again.run.id.slice(0, 8), ...args, '--json'], { environment: system.environment })
  const refused = await apply('--only', first.email)
  t.equal(refused.exitCode, 4, 'putting into force needs consent')
  const records = async () => new Map((await zohoLeads(system)).map((lead) => [lead['Email'], lead]))
  const asBefore = await records()
  t.equal((await apply('--only', `${first.email},${second.leadId}`, '--yes')).exitCode, 0)
  await system.settled()
  const asAfter = await records()
  for (const { email, differences } of [first, second]) {
    for (const { field, wouldBe } of differences) {
      t.same(asAfter.get(email)?.[field] ?? null, wouldBe.value, `${field} is what it would be`)
    }
  }
  t.same(asAfter.get(third.email), asBefore.get(third.email), 'who was not selected did not change')
  const applied = await crmSnapshot(system)
  t.equal((await apply('--only', `${first.email},${second.leadId}`, '--yes')).exitCode, 0)
  await system.settled()
  t.same(await crmSnapshot(system), applied, 'applying it again changes nothing')

  const older = await runInTest(['whatif', 'apply', read.run.id, '--only', first.email, '--yes', '--json'], {
    environment: system.environment
  })
  t.match(older.json(), { outcomes: [{ outcome: 'stale' }] }, 'a comparison that was overtaken is not applied')
  t.equal(older.exitCode, 1)
  const mapping = await runInTest(['whatif', 'apply', mapped.run.id, '--all', '--yes', '--json'], {
    environment: system.environment
  })
  t.match(mapping, { exitCode: 4, stderr: /WHATIF_NOT_APPLICABLE/ }, 'a mapping must be in force first')
}
