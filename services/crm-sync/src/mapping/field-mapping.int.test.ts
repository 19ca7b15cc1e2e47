import {
  ChangeFieldMapping,
  CheckFieldMapping,
  FieldMappingChanged,
  FieldMappingChecked,
  FieldMappingConfigured,
  isEvent,
  RecordWritten,
  retryDeadLetter,
  RollBackFieldMapping
} from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import t from 'tap'
import type { CrmField } from '../crm-provider.ts'
import { bookedLead } from '../fixtures/lead-story.ts'
import { startCrmSync } from '../fixtures/start-crm-sync.ts'
import { recordRef } from '../record/record.ts'
import { mappingRef } from './field-mapping.ts'
import { createMappingBook } from './mapping-book.ts'
import { zohoMapping } from './zoho-mapping.ts'

void t.test('a field that the CRM lost parks its writes; a mended mapping lets them through', async (t) => {
  const crm = await startCrmSync(t)
  const written = async (name: string) =>
    (await crm.historyOf(recordRef(`person-${name}`))).findLast((event) => isEvent(event, RecordWritten))
  const history = () => crm.historyOf(mappingRef('zoho'))
  const change = (key: string, data: { version: number; name: string; to: string | null; reason?: string }) =>
    crm.command(ChangeFieldMapping, key, {
      version: data.version,
      reason: data.reason ?? 'the field was renamed in the CRM',
      changes: [{ of: 'field', name: data.name, to: data.to }]
    })

  await crm.record('marco', ...bookedLead('Marco'))
  t.match(await eventually(() => written('Marco')), { data: { mappingVersion: 1 } }, 'a write says its version')
  t.match((await history())[0], { type: FieldMappingConfigured.type, actor: 'service:crm-sync', data: { version: 1 } })

  await t.test('a change is held against the CRM first', async (t) => {
    t.match(await change('1', { version: 1, name: 'demoTimezone', to: 'Demo_Time_Zone' }), {
      outcome: 'refused',
      code: 'CRM_SYNC_MAPPING_INVALID',
      message: /Demo_Time_Zone: module Leads has no field/
    })
    const tried = await crm.command(CheckFieldMapping, '1', {
      changes: [{ of: 'field', name: 'demoTimezone', to: 'Demo_Time_Zone' }]
    })
    t.match(tried?.result, {
      version: 1,
      problems: [{ kind: 'unknown-field', field: 'demoTimezone', name: 'Demo_Time_Zone' }]
    })
    const { crmFields } = tried?.result as { crmFields: { apiName: string; fits: string[] }[] }
    t.ok(crmFields.find(({ apiName }) => apiName === 'Need')?.fits.includes('useCase'))
    t.notOk((await history()).some((event) => isEvent(event, FieldMappingChanged)))
  })

  await t.test('what the CRM lost is noticed, told by name, and parks what is to be written', async (t) => {
    crm.state.settings.zohoRemovedFields = ['Leads.Demo_Timezone']
    const checked = await crm.command(CheckFieldMapping, '2', {})
    t.match(checked?.result, { problems: [{ kind: 'unknown-field', field: 'demoTimezone', name: 'Demo_Timezone' }] })
    await crm.record('nora', ...bookedLead('Nora'))
    const dead = await eventually(() => crm.log.getLast('DEAD_LETTERS', 'dead.crm-sync.write-records'))
    t.match(dead, { data: { code: 'CRM_SYNC_MAPPING_INVALID', reason: 'permanent' } })
    t.equal(await written('Nora'), undefined)
    const checks = (await history()).filter((event) => isEvent(event, FieldMappingChecked))
    t.match(checks.at(-1), { data: { because: 'asked', problems: [{ name: 'Demo_Timezone' }] } }, 'told once')

    t.match(await change('2', { version: 1, name: 'demoTimezone', to: null }), {
      outcome: 'done',
      result: { version: 2 }
    })
    t.match(await change('2', { version: 1, name: 'demoTimezone', to: null }), { result: { version: 2 } }, 'once a key')
    const about = { deadLetterId: dead.id, deadLetterSequence: dead.sequence }
    t.match(await crm.command(retryDeadLetter('crm-sync'), '1', about), { outcome: 'done', result: { outcome: 'ok' } })
    t.match(await eventually(() => written('Nora')), { data: { mappingVersion: 2 } })
  })

  await t.test('an earlier version comes back when it fits again', async (t) => {
    const back = (key: string) =>
      crm.command(RollBackFieldMapping, key, { version: 2, to: 1, reason: 'the field is there again' })
    t.match(await back('1'), { outcome: 'refused', code: 'CRM_SYNC_MAPPING_INVALID' })
    crm.state.settings.zohoRemovedFields = []
    t.match(await back('2'), { outcome: 'done', result: { version: 3 } })
    t.match((await history()).at(-1), {
      type: FieldMappingChanged.type,
      actor: 'user:ada',
      data: { restores: 1, changes: [{ name: 'demoTimezone', before: null, after: 'Demo_Timezone' }] }
    })
  })

  await t.test(
    'another process goes by a new version from the next write on, without asking the CRM too late',
    async (t) => {
      let fields: CrmField[] = zohoFieldsOf('Need')
      let reads = 0
      const provider = {
        name: 'zoho' as const,
        // A cache as the provider has it: what was read stays until younger fields are asked for.
        fieldMetadata: async (_module: string, { maxAgeMs }: { maxAgeMs?: number }) => {
          if (maxAgeMs === undefined && reads > 0) return cached
          reads += 1
          cached = fields
          return cached
        }
      }
      let cached = fields
      const other = createMappingBook({ log: crm.log, provider, configured: zohoMapping, canRead: true })
      const placeOfNeed = async () =>
        (await other.current({ lane: 'live' })).document.fields.find(({ field }) => field === 'need')?.apiName
      t.equal(await placeOfNeed(), 'Need')
      const before = reads
      t.equal(await placeOfNeed(), 'Need')
      t.equal(reads, before, 'nothing new: nothing is asked')
      fields = zohoFieldsOf('Use_Case')
      t.match(await change('9', { version: 3, name: 'useCase', to: null }), { result: { version: 4 } })
      t.match(await change('10', { version: 4, name: 'need', to: 'Use_Case' }), { result: { version: 5 } })
      t.equal(await placeOfNeed(), 'Use_Case')
    }
  )
})

/** Fields that fit the standard mapping, `need` under this name. */
function zohoFieldsOf(need: string): CrmField[] {
  const kinds: Record<string, CrmField['kind']> = {
    lines: 'long-text',
    prose: 'long-text',
    datetime: 'date-time',
    number: 'number',
    choice: 'text'
  }
  return zohoMapping.fields
    .filter(({ field }) => need === 'Need' || field !== 'useCase')
    .map(({ field, apiName, format, maxLength }) => ({
      apiName: field === 'need' ? need : apiName,
      dataType: format,
      kind: kinds[format] ?? 'text',
      maxLength,
      readOnly: false,
      compulsory: false,
      unique: null,
      choices: []
    }))
}
