import { t } from 'tap'
import { runInTest } from '../../fixtures/run-in-test.ts'

void t.test('flags are listed with what they switch and how they stand', async (t) => {
  const run = await runInTest(['flags', 'list', '--json'], { environment: { ENABLE_CRM_SYNC: 'false' } })
  t.match(run.json(), {
    flags: [{ name: 'ENABLE_CALENDLY', value: true, set: false, service: 'ingest' }]
  })
  const { flags } = run.json() as { flags: { name: string; value: boolean; set: boolean }[] }
  t.match(
    flags.find(({ name }) => name === 'ENABLE_CRM_SYNC'),
    { value: false, set: true }
  )
  t.match((await runInTest(['flags', 'list'])).stdout, /ENABLE_ALERTS\s+on\s+default\s+notifications/)
})
