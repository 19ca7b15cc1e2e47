import type { CrmField } from '../crm-provider.ts'
import { isJsonObject, objectsIn, textIn, type JsonObject } from './zoho-json.ts'

/** The fields of a `settings/fields` answer. */
export function zohoFields(body: unknown): CrmField[] {
  return isJsonObject(body) ? objectsIn(body['fields']).flatMap(zohoField) : []
}

function zohoField(field: JsonObject): CrmField[] {
  const apiName = textIn(field, 'api_name')
  if (apiName === null) return []
  const length = Number(textIn(field, 'length') ?? 0)
  const choices = objectsIn(field['pick_list_values']).flatMap((choice) => [
    textIn(choice, 'actual_value'),
    textIn(choice, 'display_value')
  ])
  return [
    {
      apiName,
      dataType: textIn(field, 'data_type') ?? 'unknown',
      maxLength: length > 0 ? length : null,
      readOnly: field['read_only'] === true || field['field_read_only'] === true,
      compulsory: field['system_mandatory'] === true,
      choices: [...new Set(choices.filter((choice) => choice !== null))]
    }
  ]
}
