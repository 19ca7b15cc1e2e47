import { t } from 'tap'
import { runInTest } from '../fixtures/run-in-test.ts'

void t.test('help lists verbs, shows one, and explains the exit codes', async (t) => {
  t.match((await runInTest(['help'])).stdout, /completion\s+prints the script/)
  t.match((await runInTest(['help', 'completion'])).stdout, /usage\n {2}leadlog completion/)
  t.match((await runInTest(['help', 'exit-codes'])).stdout, /130 {2}stopped by Ctrl-C/)
  t.match((await runInTest(['help', '--json'])).json(), { verbs: [{ name: 'help' }] })
  t.equal((await runInTest(['help', 'nothing'])).exitCode, 2)
})
