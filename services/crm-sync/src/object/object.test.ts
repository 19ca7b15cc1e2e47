import {
  ObjectDeleted,
  ObjectOutcomeUnknown,
  ObjectQueued,
  ObjectRefused,
  ObjectWritten,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'
import t from 'tap'
import { appended, recorded } from '../fixtures/recorded.ts'
import { uncheckedObjects } from './checked-objects.ts'
import { configuredObjects, objectVariable } from './configured-objects.ts'
import { decideChange, type AskedChange } from './decide-change.ts'
import { amountOf, objectCrmValues } from './object-values.ts'
import { objectEffectKey, objectMakingKey, objectOutcomes } from './object-outcomes.ts'
import { objectIdOf, objectStateOf } from './object.ts'
import { planObject, type Surroundings } from './plan-object.ts'
import { zohoObjects } from './zoho-objects.ts'

const alone: Surroundings = { linked: {}, leadCrmId: null, leadRefused: false, dryRun: false }
const deals = uncheckedObjects(zohoObjects.deal)
const of = {
  objectId: objectIdOf('deal', 'd'),
  kind: 'deal',
  key: 'd',
  leadId: 'lead',
  personId: 'person',
  provider: 'zoho',
  module: 'Deals'
} as const

const asked = (causeId: string, values: AskedChange['values'], links: AskedChange['links'] = {}): AskedChange => ({
  ...of,
  lane: 'live',
  causeId,
  values,
  links
})

/** The history after the changes. */
function changed(...changes: readonly AskedChange[]): readonly RecordedEvent[] {
  return changes.reduce<readonly RecordedEvent[]>((history, change) => {
    const decided = decideChange(change, objectStateOf(history, 'zoho'))
    return 'code' in decided ? history : appended(history, decided)
  }, [])
}

const queuedIn = (history: readonly RecordedEvent[]) =>
  history.map((event) => event.data as DataOf<typeof ObjectQueued>)

function plan(history: readonly RecordedEvent[], surroundings = alone, attempt = 1) {
  const delivered = history
    .filter(({ type }) => type === ObjectQueued.type)
    .map(({ data }) => ({ data: data as DataOf<typeof ObjectQueued>, attempt }))
  return planObject(delivered, objectStateOf(history, 'zoho'), surroundings, deals)
}

const whole = asked('a', { name: 'Routes', stage: 'Proposal' })

function planned(history: readonly RecordedEvent[], surroundings = alone) {
  const found = plan(history, surroundings)
  if (found.kind !== 'write') throw new Error(`not to be written: ${found.kind}`)
  return found.plan
}

const answer = { httpStatus: 200, batchSize: 1, waitedMs: 0, latencyMs: 1 }

void t.test('changes add up: what is left out stays, null clears, the same cause counts once', async (t) => {
  const history = changed(
    whole,
    asked('b', { amount: 100, currency: 'EUR' }),
    asked('b', { amount: 7 }),
    asked('c', { amount: null })
  )
  t.equal(history.length, 3)
  const state = objectStateOf(history, 'zoho')
  t.strictSame(state.values, { name: 'Routes', stage: 'Proposal', amount: null, currency: 'EUR' })
  t.equal(state.revision, 3)
})

void t.test('an object that is not whole is refused, and so is another lead', async (t) => {
  t.match(decideChange(asked('a', { name: 'Routes' })), { code: 'CRM_SYNC_OBJECT_INCOMPLETE', message: /stage/ })
  t.match(decideChange(asked('a', { ...whole.values, amount: 5 })), {
    code: 'CRM_SYNC_OBJECT_INCOMPLETE',
    message: /currency/
  })
  const state = objectStateOf(changed(whole), 'zoho')
  t.match(decideChange({ ...whole, causeId: 'b', leadId: 'other' }, state), { code: 'CRM_SYNC_OBJECT_OF_ANOTHER_LEAD' })
  t.match(decideChange(asked('b', { stage: 'Closed Won' }), state), [{ data: { values: { stage: 'Closed Won' } } }])
})

void t.test(
  'one write covers all that waits; the same values again need no call, unless a try may have been lost',
  async (t) => {
    const history = changed(whole, asked('b', { stage: 'Closed Won' }))
    const first = planned(history)
    t.match(first, { values: { Deal_Name: 'Routes', Stage: 'Closed Won', Leadlog_Id: 'd', Leadlog_Lead_Id: 'lead' } })
    t.equal(first.writeIds.length, 2)
    const written = objectOutcomes.written(first, { crmId: '1', action: 'insert', ...answer }, first.state)
    const after = appended(history, written)
    t.equal(plan(after).kind, 'nothing')
    const again = appended(
      after,
      decideChange(asked('c', { stage: 'Closed Won' }), objectStateOf(after, 'zoho')) as never
    )
    t.equal(plan(again).kind, 'unchanged')
    t.equal(plan(again, alone, 2).kind, 'write')
    t.equal(objectStateOf(after, 'hubspot').crmId, null, 'another CRM knows nothing of it')
  }
)

void t.test(
  'after an unknown outcome the object is in doubt until the next answer, which is a reconciliation',
  async (t) => {
    const history = changed(whole)
    const unknown = {
      ...of,
      writeIds: queuedIn(history).map(({ writeId }) => writeId),
      effectKey: 'k',
      reason: 'timed-out'
    }
    const doubtful = [...history, recorded(ObjectOutcomeUnknown, unknown, { sequence: 2 })]
    const again = planned(doubtful)
    t.equal(objectEffectKey(again), objectEffectKey(planned(history)), 'the same state is the same effect')
    const [event] = objectOutcomes.written(again, { crmId: '1', action: 'update', ...answer }, again.state)
    t.match(event, { definition: ObjectWritten, data: { action: 'reconciled' } })
  }
)

void t.test('two processes that wrote at once write once more', async (t) => {
  const first = planned(changed(whole))
  const events = objectOutcomes.written(
    first,
    { crmId: '1', action: 'update', ...answer },
    { ...first.state, writes: 1 }
  )
  t.match(events, [
    { definition: ObjectWritten },
    { definition: ObjectQueued, data: { causeId: 'overlap:1', values: {} } }
  ])
})

void t.test('the same refusal is told once', async (t) => {
  const history = changed(whole)
  const first = planned(history)
  const refusal = { code: 'INVALID_DATA', field: 'Stage', message: 'no' }
  const refused = objectOutcomes.refused(first, refusal, 400, first.state)
  t.match(refused, [{ definition: ObjectRefused }])
  t.strictSame(objectOutcomes.refused(first, refusal, 400, objectStateOf(appended(history, refused), 'zoho')), [])
})

void t.test('a deal waits for its contact, and hangs on it once that is in the CRM', async (t) => {
  const history = changed(asked('a', whole.values, { contact: 'c' }))
  t.throws(() => plan(history), { code: 'CRM_SYNC_LINK_WAITS', countsAsAttempt: false })
  const contact = { ...objectStateOf([], 'zoho'), crmId: '77' }
  t.match(planned(history, { ...alone, linked: { contact }, leadCrmId: '5' }), {
    linkedTo: { contact: '77', lead: '5' }
  })
  t.not(
    planned(history, { ...alone, linked: { contact } }).digest,
    planned(changed(whole)).digest,
    'another link is another state'
  )
  t.match(planned(history, { ...alone, dryRun: true }), { linkedTo: {} })
})

void t.test('a task waits for the lead, unless it is about a contact or a deal', async (t) => {
  const ofTask = { ...of, objectId: objectIdOf('task', 't'), kind: 'task', key: 't', module: 'Tasks' } as const
  const task = { ...asked('a', { subject: 'Call back', dueDate: '2026-12-24' }), ...ofTask }
  const planTask = (surroundings: Surroundings, links: AskedChange['links'] = {}) => {
    const history = changed({ ...task, links })
    const delivered = queuedIn(history).map((data) => ({ data, attempt: 1 }))
    return planObject(delivered, objectStateOf(history, 'zoho'), surroundings, uncheckedObjects(zohoObjects.task))
  }
  t.throws(() => planTask(alone), { code: 'CRM_SYNC_LINK_WAITS', message: /lead lead is in the CRM/ })
  t.throws(() => planTask({ ...alone, leadRefused: true }), { message: /lead lead, which was refused/ })
  t.match(planTask({ ...alone, leadCrmId: '5' }), {
    plan: { linkedTo: { lead: '5' }, values: { Subject: 'Call back', Due_Date: '2026-12-24', Status: 'Not Started' } }
  })
  const deal = { ...objectStateOf([], 'zoho'), crmId: '77' }
  t.match(planTask({ ...alone, linked: { deal } }, { deal: 'd' }), { plan: { linkedTo: { deal: '77' } } })
  t.match(planTask({ ...alone, dryRun: true }), { kind: 'write' })
})

void t.test('a new task is not started; a later change leaves its status alone', async (t) => {
  const task = { ...of, objectId: objectIdOf('task', 't'), kind: 'task', key: 't' } as const
  const first = { ...asked('a', { subject: 'Call', dueDate: '2026-12-24' }), ...task }
  const history = changed(first, { ...first, causeId: 'b', values: { subject: 'Call again' } })
  t.match(queuedIn(history), [
    { values: { status: 'not-started', subject: 'Call' } },
    { values: { subject: 'Call again' } }
  ])
  t.notOk('status' in (queuedIn(history)[1]?.values ?? {}))
  const done = changed({ ...first, values: { ...first.values, status: 'completed' } })
  t.match(queuedIn(done), [{ values: { status: 'completed' } }])
})

void t.test(
  'an object is made under one name in whatever state, and under another one after it was deleted',
  async (t) => {
    const history = changed(whole)
    const first = planned(history)
    const later = planned(changed(whole, asked('b', { stage: 'Closed Won' })))
    t.not(objectEffectKey(first), objectEffectKey(later))
    t.equal(objectMakingKey(first), objectMakingKey(later))
    const written = objectOutcomes.written(first, { crmId: '1', action: 'insert', ...answer }, first.state)
    const gone = { ...of, erasureId: 'e', crmId: '1', outcome: 'deleted' as const, httpStatus: 200 }
    const deleted = [...appended(history, written), recorded(ObjectDeleted, gone, { sequence: 9 })]
    const anew = planned(
      appended(deleted, decideChange(asked('c', { stage: 'Open' }), objectStateOf(deleted, 'zoho')) as never)
    )
    t.not(objectMakingKey(anew), objectMakingKey(first))
  }
)

void t.test('amounts have the places of their currency', async (t) => {
  t.equal(amountOf(1999, 'EUR'), 19.99)
  t.equal(amountOf(1999, 'JPY'), 1999)
  t.equal(amountOf(1999, 'KWD'), 1.999)
  t.equal(amountOf(1999, 'HUF'), 19.99, 'by ISO 4217, whatever is in daily use')
  const values = objectCrmValues({ key: 'd', leadId: 'lead' }, { amount: 1999, currency: 'JPY' }, deals)
  t.match(values, { values: { Amount: 1999, Currency: 'JPY' } })
})

void t.test('variables rename the fields of objects, and what they cannot is told by name', async (t) => {
  const settings = { crm: 'zoho', kinds: ['deal'] } as const
  const variables = { ZCF_DEAL_CLOSE_DATE: 'Ends', ZCF_DEAL_CURRENCY: '', ZCF_NEED: 'Need__c' }
  const { deal, contact } = configuredObjects({ ...settings, variables })
  t.equal(contact, undefined)
  const names = deal?.fields.map(({ apiName }) => apiName) ?? []
  t.ok(names.includes('Ends') && !names.includes('Currency'))
  t.equal(objectVariable(zohoObjects.deal, 'key'), 'ZCF_DEAL_LEADLOG_ID')
  t.throws(() => configuredObjects({ ...settings, variables: { ZCF_DEAL_STAGE: '', ZCF_DEAL_COLOUR: 'x' } }), {
    code: 'CRM_SYNC_MAPPING_INVALID',
    message: /ZCF_DEAL_STAGE: is empty[^]*ZCF_DEAL_COLOUR: names no field of a deal/
  })
  t.throws(() => configuredObjects({ ...settings, variables: {}, documents: { deal: { kind: 'deal' } } }), {
    message: /mapping document \/objects\/deal/
  })
})
