import type { CrmField, FieldKind } from '../crm-provider.ts'
import { isJsonObject, objectsIn, textIn, type JsonObject } from '../vendor-json.ts'

/** HubSpot refuses values that an enumeration lacks. */
const kinds: Readonly<Record<string, FieldKind>> = {
  string: 'text',
  number: 'number',
  date: 'date',
  datetime: 'date-time',
  enumeration: 'strict-choice',
  phone_number: 'phone'
}

/** Kinds of form fields that say more than the type. */
const kindsOfFormField: Readonly<Record<string, FieldKind>> = { textarea: 'long-text', phonenumber: 'phone' }

/** The properties of a `properties` answer. */
export function hubspotFields(body: unknown): CrmField[] {
  return isJsonObject(body) ? objectsIn(body['results']).flatMap(hubspotField) : []
}

function hubspotField(property: JsonObject): CrmField[] {
  const apiName = textIn(property, 'name')
  if (apiName === null) return []
  const dataType = textIn(property, 'type') ?? 'unknown'
  const formField = textIn(property, 'fieldType') ?? ''
  const metadata = isJsonObject(property['modificationMetadata']) ? property['modificationMetadata'] : {}
  const refersTo = textIn(property, 'referencedObjectType')
  const kind = refersTo === 'OWNER' ? 'user' : kindOf(dataType, formField)
  return [
    {
      apiName,
      dataType,
      kind,
      // All texts take 65,536 characters; the metadata names no length.
      maxLength: null,
      readOnly: metadata['readOnlyValue'] === true || property['calculated'] === true,
      // HubSpot insists on no property of a contact; what a form asks for does not bind the API.
      compulsory: false,
      unique: typeof property['hasUniqueValue'] === 'boolean' ? property['hasUniqueValue'] : null,
      choices: objectsIn(property['options']).flatMap((option) => textIn(option, 'value') ?? [])
    }
  ]
}

function kindOf(dataType: string, formField: string): FieldKind {
  return (dataType === 'string' ? kindsOfFormField[formField] : undefined) ?? kinds[dataType] ?? 'other'
}
