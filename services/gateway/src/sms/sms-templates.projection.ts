import { SmsTemplateSaved } from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { everyReader } from '../database/row-policies.ts'

interface StoredVersion {
  readonly version: number
  readonly name: string
  readonly text: string
  readonly variables: readonly string[]
  readonly savedAt: string
  readonly savedBy: string
}

/** The templates of text messages, each with its versions, the newest first. */
export const smsTemplates = defineProjection({
  name: 'gateway-sms-templates',
  version: 1,
  table: 'gateway.sms_templates',
  columns: {
    id: column.text({ primaryKey: true }),
    name: column.text(),
    saved_at: column.timestamptz(),
    versions: column.jsonb<readonly StoredVersion[]>()
  },
  indexes: [{ on: 'name, id' }],
  on: [SmsTemplateSaved],
  key: (event) => event.data.templateId,
  aggregateOf: (id) => ({ context: 'telephony', aggregate: 'sms-template', id }),
  evolve: {
    [SmsTemplateSaved.type]: (row, { data, time, actor }, id) => {
      const { version, name, text, variables } = data
      const newest = { version, name, text, variables, savedAt: time, savedBy: actor }
      const before = (row?.versions ?? []).filter((one) => one.version !== version)
      return { id, name, saved_at: time, versions: [newest, ...before].sort((a, b) => b.version - a.version) }
    }
  },
  setup: everyReader
})

export type SmsTemplateRow = RowOf<typeof smsTemplates>
