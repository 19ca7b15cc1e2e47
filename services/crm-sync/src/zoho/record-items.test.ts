import { readFileSync } from 'node:fs'
import t from 'tap'
import { recordItems } from './record-items.ts'
import { parseVendorJson } from '../vendor-json.ts'

const sample = (name: string) =>
  parseVendorJson(readFileSync(new URL(`./samples/${name}.json`, import.meta.url), 'utf8'))

const only = (name: string) => recordItems(sample(name), 1, [null])?.[0]

void t.test('upserts tell the id and what was done', async (t) => {
  t.strictSame(only('upsert.response.insert'), { kind: 'written', crmId: '4150868000008120001', action: 'insert' })
  t.strictSame(only('upsert.response.update'), { kind: 'written', crmId: '4150868000008120001', action: 'update' })
})

void t.test('a mixed answer is walked in request order', async (t) => {
  t.match(recordItems(sample('insert.response.mixed_207'), 2, [null, null]), [
    { kind: 'written', crmId: '4150868000008120002' },
    { kind: 'refused', code: 'INVALID_DATA', field: 'Email', message: /expected email/ }
  ])
})

void t.test('a duplicate names the record that is already there', async (t) => {
  t.match(only('insert.error.duplicate'), { kind: 'duplicate', crmId: '4150868000008120001', fields: ['Email'] })
  t.match(only('insert.error.multi_duplicate'), {
    kind: 'duplicate',
    crmId: '4150868000008120001',
    fields: ['Email', 'Phone']
  })
})

void t.test('refusals name the field', async (t) => {
  t.match(only('insert.error.mandatory'), { kind: 'refused', code: 'MANDATORY_NOT_FOUND', field: 'Last_Name' })
  t.match(only('insert.error.invalid_data'), { kind: 'refused', code: 'INVALID_DATA', field: 'Email' })
})

void t.test(
  'two owners of unique values cannot be told apart, and another error goes before a duplicate',
  async (t) => {
    const duplicate = (api_name: string, id: string) => ({ code: 'DUPLICATE_DATA', details: { api_name, id } })
    const several = (errors: object[]) => ({
      data: [{ status: 'error', code: 'MULTIPLE_OR_MULTI_ERRORS', details: { errors } }]
    })
    t.match(recordItems(several([duplicate('Email', '1'), duplicate('Phone', '2')]), 1, [null]), [
      { kind: 'refused', code: 'DUPLICATE_DATA', field: 'Email' }
    ])
    t.match(
      recordItems(several([duplicate('Email', '1'), { code: 'INVALID_DATA', details: { api_name: 'Website' } }]), 1, [
        null
      ]),
      [{ kind: 'refused', code: 'DUPLICATE_DATA', message: /Website/ }]
    )
  }
)

void t.test("an error of the server's own is no refusal of the record", async (t) => {
  const answer = { data: [{ status: 'error', code: 'INTERNAL_ERROR', message: 'Internal Server Error', details: {} }] }
  t.match(recordItems(answer, 1, [null]), [
    { kind: 'failed', error: { code: 'CRM_SYNC_ZOHO_UNAVAILABLE', message: /INTERNAL_ERROR/ } }
  ])
})

void t.test('an answer with another number of items tells nothing', async (t) => {
  t.equal(recordItems(sample('upsert.response.insert'), 2, [null, null]), null)
  t.equal(recordItems(null, 1, [null]), null)
})

void t.test('ids keep all their digits even where they are not quoted', async (t) => {
  const body = parseVendorJson('{"data":[{"status":"success","details":{"id":4150868000008120003}}]}')
  t.match(recordItems(body, 1, [null]), [{ crmId: '4150868000008120003' }])
})
