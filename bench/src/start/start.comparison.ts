import { services } from '@leadlog/local/services'
import { freePorts } from '@leadlog/local/system'
import path from 'node:path'
import type { BenchContext } from '../core/bench-context.ts'
import { startLeadlogProgram } from '../core/leadlog-program.ts'
import type { Figure, Outcome } from '../core/outcome.ts'
import { startWholeSystem } from '../core/whole-system.ts'

const FIRST = 'whole system, first start'
const SECOND = 'whole system, second start'

/** How long the whole system and each service take from start to ready. */
export async function compareStart(context: BenchContext): Promise<Outcome> {
  const { folder, rounds, say } = context
  const samples = new Map<string, number[]>()
  const record = (name: string, seconds: number): void => {
    samples.set(name, [...(samples.get(name) ?? []), seconds])
    say(`  ${name}: ${seconds.toFixed(2)} s`)
  }
  for (let round = 1; round <= rounds; round += 1) {
    const own = path.join(folder, `round-${round}`)
    record(FIRST, await timedStart(context, own))
    record(SECOND, await timedStart(context, own))
  }
  await eachAlone(context, record)
  return {
    name: 'start',
    title: 'From start to ready',
    settings: {
      'first start': 'on an empty state folder: database made, migrations, streams, nothing compiled before',
      'second start': 'on the state that the first one left',
      service: 'alone, its servers running, after one start that is not measured',
      'not in it': 'fetching Node, packages and servers; the sample day'
    },
    figures: [...samples].map(([name, values]): Figure => ({ name, unit: 's', samples: values })),
    ratios: [],
    checks: []
  }
}

async function timedStart({ teardown, stopping }: BenchContext, folder: string): Promise<number> {
  const ports = await freePorts()
  const began = performance.now()
  const system = await startWholeSystem(folder, stopping, { ports })
  const seconds = (performance.now() - began) / 1000
  teardown.add(() => system.stop())
  await system.stop()
  return seconds
}

/** Servers and vendors stay up while the services start one after another; the first pass makes tables and streams. */
async function eachAlone(context: BenchContext, record: (name: string, seconds: number) => void): Promise<void> {
  const { teardown } = context
  const folder = path.join(context.folder, 'alone')
  const system = await startWholeSystem(folder, context.stopping, { only: [] })
  teardown.add(() => system.stop())
  for (let round = 0; round <= context.rounds; round += 1) {
    for (const service of services) {
      const program = await startLeadlogProgram({ service, environment: system.environment, folder, teardown })
      if (round > 0) record(`${service.name} alone`, program.startMs / 1000)
      await program.stop()
    }
  }
  await system.stop()
}
