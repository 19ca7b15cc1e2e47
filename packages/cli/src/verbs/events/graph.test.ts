import { t } from 'tap'
import { runInTest } from '../../fixtures/run-in-test.ts'

void t.test('the graph shows who emits and who reads an event', async (t) => {
  const text = await runInTest(['events', 'graph'])
  t.match(text.stdout, /crm-sync\.WriteQueued\.v1\s+crm-sync\s+crm-sync, gateway/)
  const mermaid = await runInTest(['events', 'graph', '--format', 'mermaid', '--service', 'notifications'])
  t.match(mermaid.stdout, /^flowchart LR\n/)
  t.match(mermaid.stdout, /any -- ".*DeadLettered.*" --> notifications/)
  t.equal((await runInTest(['events', 'graph', '--service', 'nobody'])).exitCode, 3)
})
