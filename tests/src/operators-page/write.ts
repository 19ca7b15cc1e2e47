import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runInTest } from '@leadlog/cli/harness'
import { startNats, startPostgres } from '@leadlog/local/servers'
import { namesOf } from './names.ts'
import { fillBlocks, type ShownCommand } from './output-blocks.ts'

/**
 * Runs every command of docs/operators.md against the running system that `LEADLOG_STATE` names, in the order of the page, and
 * writes what it printed. The commands change that system: let it be one that is thrown away.
 *
 *     node infra/local/run.mjs exec tests/src/chaos/load.ts --webhooks 350 --keep
 *     LEADLOG_STATE=<folder> node infra/local/run.mjs exec tests/src/operators-page/write.ts
 */
const PAGE = path.join(import.meta.dirname, '../../../docs/operators.md')
/** What fits beside the text of the page. */
const COLUMNS = 130
/** A verb that goes on until Ctrl-C gets it after this time. */
const CTRL_C_AFTER_MS = 8_000
const GOES_ON = ['serve']

const state = process.env['LEADLOG_STATE']
if (!state) throw new Error('Name the state folder of a running system: LEADLOG_STATE=…')
const ready = JSON.parse(readFileSync(path.join(state, 'ready.json'), 'utf8')) as { environment: NodeJS.ProcessEnv }
const { LEADLOG_MASTER_KEY } = ready.environment
const folder = mkdtempSync(path.join(tmpdir(), 'leadlog-operators-'))
process.chdir(folder)
const [nats, postgres] = await Promise.all([
  startNats({ dataDir: path.join(folder, 'empty-nats'), logFile: path.join(folder, 'nats.log') }),
  startPostgres({ dataDir: path.join(folder, 'empty-postgres'), logFile: path.join(folder, 'postgres.log') })
])
const environment = { LEADLOG_STATE: path.resolve(state), PATH: process.env['PATH'] }
const leadlog = (args: readonly string[], options: Parameters<typeof runInTest>[1] = {}) =>
  runInTest(args, { ...options, environment: { ...environment, ...options.environment } })
const names = namesOf(async (...args) => (await leadlog([...args, '--json'])).json(), {
  emptyNats: nats.url,
  emptyDatabase: postgres.url
})

try {
  const page = readFileSync(PAGE, 'utf8')
  writeFileSync(PAGE, await fillBlocks(page, run))
} finally {
  await Promise.all([nats.stop(), postgres.stop()])
  process.chdir(tmpdir())
  rmSync(folder, { recursive: true, force: true })
}

async function run({ line: written }: ShownCommand): Promise<{ line: string; output: string }> {
  const line = await names.resolve(written)
  const words = line.match(/(?:[^\s"]+|"[^"]*")+/g)?.map((word) => word.replaceAll('"', '')) ?? []
  const at = words.indexOf('leadlog')
  const variables = Object.fromEntries(words.slice(0, at).map((word) => word.split(/=(.*)/s).slice(0, 2)))
  const args = words.slice(at + 1)
  console.log(line)
  const goesOn = GOES_ON.includes(args[0] ?? '')
  const { printed, exitCode } = await leadlog(args, {
    columns: COLUMNS,
    // Another system than the local one is found by its variables alone.
    environment: at === 0 ? {} : { ...variables, LEADLOG_MASTER_KEY },
    ...(goesOn ? { signal: AbortSignal.timeout(CTRL_C_AFTER_MS) } : {})
  })
  if (exitCode !== 0) console.log(`  exit code ${String(exitCode)}: ${printed.split('\n').at(-2) ?? ''}`)
  return { line: line.replace(/:\/\/(\w+):[^@\s]+@/g, '://$1:…@'), output: printed }
}
