import { readFileSync } from 'node:fs'
import t from 'tap'
import { parseVendorJson } from '../vendor-json.ts'
import { batchItems } from './batch-items.ts'

const sample = (name: string) =>
  parseVendorJson(readFileSync(new URL(`./samples/${name}.json`, import.meta.url), 'utf8'))

const input = (id: string, traceId = id) => ({ id, traceId })
const refused = (context: object, message = 'Property values were not valid: [{"error":"X","name":"email"}]') => ({
  status: 'error',
  category: 'VALIDATION_ERROR',
  message,
  context
})

void t.test('results are matched by trace id, else by id or address, in whatever order they come', async (t) => {
  t.strictSame(batchItems(sample('upsert.response'), [input('Marco.Ellison@example.org')]), [
    { kind: 'written', crmId: '123001', action: 'insert' }
  ])
  const results = [
    { id: '3', objectWriteTraceId: 'c' },
    { id: '2', properties: { email: 'b@x.example' }, new: false },
    { id: '1' }
  ]
  t.match(batchItems({ status: 'COMPLETE', results }, [input('1', 'a'), input('b@x.example', 'b'), input('9', 'c')]), [
    { crmId: '1' },
    { crmId: '2', action: 'update' },
    { crmId: '3' }
  ])
})

void t.test('errors are matched likewise; the only record that is left has the only error', async (t) => {
  const errors = [refused({ objectWriteTraceId: ['a'] }), refused({ ids: ['7'] })]
  const results = [{ id: '1', objectWriteTraceId: 'b' }]
  t.match(batchItems({ results, errors }, [input('x', 'a'), input('7', 'c'), input('y', 'b')]), [
    { kind: 'refused', code: 'X', field: 'email' },
    { kind: 'refused' },
    { kind: 'written' }
  ])
  t.match(batchItems({ results, errors: [refused({}), refused({})] }, [input('y', 'b'), input('x', 'a')]), [
    { kind: 'written' },
    { kind: 'refused' }
  ])
  t.match(batchItems({ results: [], errors: [refused({})] }, [input('x', 'a'), input('y', 'b')]), [
    { kind: 'unmatched' },
    { kind: 'unmatched' }
  ])
  t.match(batchItems({ results }, [input('y', 'b'), input('x', 'a')]), [{ kind: 'written' }, { kind: 'unknown' }])
})

void t.test('the refusal of a whole request is that of its only record', async (t) => {
  t.match(batchItems(sample('error.400'), [input('nope')]), [
    { kind: 'refused', code: 'INVALID_EMAIL', field: 'email', message: 'email: INVALID_EMAIL' }
  ])
  t.match(batchItems(sample('error.400'), [input('nope'), input('a')]), [{ kind: 'unmatched' }, { kind: 'unmatched' }])
  t.strictSame(batchItems(sample('error.409'), [input('a@x.example')]), [{ kind: 'address-taken', crmId: '123001' }])
  const taken = 'Property values were not valid: [{"error":"CONFLICTING_UNIQUE_VALUE","name":"leadlog_id"}]'
  t.strictSame(batchItems(refused({}, taken), [input('a')]), [{ kind: 'value-taken', property: 'leadlog_id' }])
})
