import t from 'tap'
import type { CrmField } from '../crm-provider.ts'
import { createFieldCache } from './field-cache.ts'

const MINUTE_MS = 60_000

const field = (apiName: string): CrmField => ({
  apiName,
  dataType: 'text',
  kind: 'text',
  maxLength: null,
  readOnly: false,
  compulsory: false,
  unique: null,
  choices: []
})

void t.test('fields are read again after ten minutes, and kept while the CRM is away', async (t) => {
  let now = 0
  let reads = 0
  let away = false
  const fields = createFieldCache(
    async (module) => {
      reads += 1
      if (away) throw new Error('away')
      return [field(`${module}-${reads}`)]
    },
    () => now
  )
  const nameOf = async () => (await fields('Leads'))[0]?.apiName
  t.strictSame(await Promise.all([nameOf(), nameOf()]), ['Leads-1', 'Leads-1'])
  now = 10 * MINUTE_MS
  t.equal(await nameOf(), 'Leads-2')
  away = true
  now = 20 * MINUTE_MS
  t.strictSame([await nameOf(), await nameOf()], ['Leads-2', 'Leads-2'])
  t.equal(reads, 3, 'who finds it away does not ask at once again')
  away = false
  now = 21 * MINUTE_MS
  t.equal(await nameOf(), 'Leads-4')
})

void t.test('a first read that fails is told, and the next one asks again', async (t) => {
  let away = true
  const fields = createFieldCache(
    async () => {
      if (away) throw new Error('away')
      return [field('Email')]
    },
    () => 0
  )
  await t.rejects(fields('Leads'), { message: 'away' })
  away = false
  t.match(await fields('Leads'), [{ apiName: 'Email' }])
})

void t.test('who needs younger fields is given such, or the error', async (t) => {
  let now = 0
  let reads = 0
  let away = false
  const fields = createFieldCache(
    async () => {
      reads += 1
      if (away) throw new Error('away')
      return [field(`Field_${reads}`)]
    },
    () => now
  )
  await fields('Leads')
  now = 5_000
  t.match(await fields('Leads', 5_000), [{ apiName: 'Field_1' }])
  t.match(await fields('Leads', 0), [{ apiName: 'Field_2' }])
  t.match(await fields('Leads'), [{ apiName: 'Field_2' }], 'all have the younger ones then')
  away = true
  now = 6_000
  await t.rejects(fields('Leads', 0), { message: 'away' })
  t.match(await fields('Leads'), [{ apiName: 'Field_2' }])
})
