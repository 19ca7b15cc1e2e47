import t from 'tap'
import { modelName, rebuildOutcome } from './rebuilds.ts'

void t.test('read models have names, rebuilds an outcome', (t) => {
  t.equal(modelName('gateway-crm-writes'), 'CRM writes')
  const model = { added: 1, removed: 0, changed: 2 }
  const told = (models: object[]) => rebuildOutcome('rebuild', { events: 1200, models }, String)
  t.equal(told([model, model]), '1200 events, 6 rows differ')
  t.equal(told([{ added: 0, removed: 0, changed: 0 }]), '1200 events, no row differs')
  t.equal(rebuildOutcome('swap', { models: [] }, String), '')
  t.equal(rebuildOutcome('rebuild', null, String), '')
  t.end()
})
