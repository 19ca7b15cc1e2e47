import { isJsonObject } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { propertyProblem } from './hubspot-errors.ts'
import type { PropertyProblem } from './hubspot-errors.ts'
import { compulsoryOf, hubspotOwners, propertyOf } from './hubspot-properties.ts'
import type { HubspotProperty } from './hubspot-properties.ts'
import type { HubspotValues } from './hubspot-store.ts'

const EMAIL = /^[^\s@"(),:;<>[\]\\]+@[^\s@.]+(\.[^\s@.]+)+$/u
const ISO_MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/
/** The longest text of a property. */
const MAX_TEXT = 65_536

const textOf = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** `2026-11-18T16:00:00Z`: HubSpot drops a fraction that is zero. */
const momentText = (milliseconds: number): string => new Date(milliseconds).toISOString().replace('.000Z', 'Z')

const momentOf = (text: string): string | undefined => {
  const milliseconds = /^-?\d+$/.test(text) ? Number(text) : ISO_MOMENT.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(milliseconds) ? undefined : momentText(milliseconds)
}

/** The value as HubSpot keeps it, or what is wrong with it. */
const checkText = (property: HubspotProperty, text: string): string | PropertyProblem => {
  const { name, type, options, ofOwners } = property
  const problem = (error: string, message: string): PropertyProblem => propertyProblem(name, error, message)
  if (name === 'email') {
    return EMAIL.test(text) ? text.toLowerCase() : problem('INVALID_EMAIL', `Email address ${text} is invalid`)
  }
  if (ofOwners) {
    return hubspotOwners.includes(text) ? text : problem('INVALID_OWNER_ID', `${text} is no owner of the account`)
  }
  switch (type) {
    case 'string':
      return text.length > MAX_TEXT ? problem('STRING_TOO_LONG', `${name} takes ${MAX_TEXT} characters`) : text
    case 'number':
      return Number.isFinite(Number(text)) ? String(Number(text)) : problem('INVALID_LONG', `${text} is not a number`)
    case 'bool':
      return ['true', 'false'].includes(text) ? text : problem('INVALID_BOOLEAN', `${text} is neither true nor false`)
    case 'date':
      return ISO_DAY.test(text) ? text : problem('INVALID_DATE', `${text} is not a date`)
    case 'datetime':
      return momentOf(text) ?? problem('INVALID_DATE', `${text} is not a moment`)
    case 'enumeration':
      return options.includes(text) ? text : problem('INVALID_OPTION', `${text} is not one of the allowed options`)
  }
}

/** What HubSpot takes of the sent properties, and what is wrong with the others. An empty text clears a property. */
export const checkProperties = (
  objectType: string,
  sent: JsonValue | undefined,
  isNew: boolean
): { values: HubspotValues; problems: PropertyProblem[] } => {
  const given: JsonObject = isJsonObject(sent) ? sent : {}
  const values: HubspotValues = {}
  const problems: PropertyProblem[] = []
  for (const [name, value] of Object.entries(given)) {
    const property = propertyOf(objectType, name)
    if (property === undefined) {
      problems.push(propertyProblem(name, 'PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`))
      continue
    }
    if (property.readOnly) {
      problems.push(propertyProblem(name, 'READ_ONLY_VALUE', `"${name}" is a read only property`))
      continue
    }
    if (value === null || value === '') {
      values[name] = null
      continue
    }
    const checked = checkText(property, textOf(value))
    if (typeof checked === 'string') values[name] = checked
    else problems.push(checked)
  }
  const missing = isNew ? compulsoryOf(objectType).filter((name) => !values[name]) : []
  for (const name of missing) {
    problems.push(propertyProblem(name, 'REQUIRED_FIELD', `Property "${name}" must be given`))
  }
  return { values, problems }
}
