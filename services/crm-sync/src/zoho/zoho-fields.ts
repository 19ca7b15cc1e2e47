import type { CrmField, FieldKind } from '../crm-provider.ts'
import { isJsonObject, objectsIn, textIn, type JsonObject } from '../vendor-json.ts'

/** Pick lists are not strict: Zoho keeps values that they lack. */
const kinds: Readonly<Record<string, FieldKind>> = {
  text: 'text',
  textarea: 'long-text',
  picklist: 'choice',
  date: 'date',
  datetime: 'date-time',
  double: 'number',
  decimal: 'number',
  currency: 'number',
  percent: 'number',
  email: 'email',
  phone: 'phone',
  website: 'url',
  ownerlookup: 'user'
}

/** The fields of a `settings/fields` answer. */
export function zohoFields(body: unknown): CrmField[] {
  return isJsonObject(body) ? objectsIn(body['fields']).flatMap(zohoField) : []
}

function zohoField(field: JsonObject): CrmField[] {
  const apiName = textIn(field, 'api_name')
  if (apiName === null) return []
  const dataType = textIn(field, 'data_type') ?? 'unknown'
  const length = Number(textIn(field, 'length') ?? 0)
  const choices = objectsIn(field['pick_list_values']).flatMap((choice) => [
    textIn(choice, 'actual_value'),
    textIn(choice, 'display_value')
  ])
  return [
    {
      apiName,
      dataType,
      kind: kinds[dataType] ?? 'other',
      maxLength: length > 0 ? length : null,
      readOnly: field['read_only'] === true || field['field_read_only'] === true,
      compulsory: field['system_mandatory'] === true,
      unique: null,
      choices: [...new Set(choices.filter((choice) => choice !== null))]
    }
  ]
}
