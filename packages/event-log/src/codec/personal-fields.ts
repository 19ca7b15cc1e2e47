import { ERASED, erasedValue, PermanentError, type EventCipher, type EventDefinition } from '@leadlog/contracts'
import { eventLogErrors } from '../errors.ts'

type Fields = Readonly<Record<string, unknown>>

/** Seals every personal field under the person's key, bound to the event's id and the field's name. */
export async function sealPersonalFields(
  cipher: EventCipher | undefined,
  definition: EventDefinition,
  eventId: string,
  keyId: string,
  data: Fields
): Promise<Fields> {
  const sealer = cipher ?? missingCipher(definition)
  const sealed = await Promise.all(
    present(definition, data).map(
      async (field) => [field, await sealer.seal(keyId, data[field], `${eventId}/${field}`)] as const
    )
  )
  return { ...data, ...Object.fromEntries(sealed) }
}

/** Opens the personal fields; those of an erased person become the schema's emptiest value. */
export async function openPersonalFields(
  cipher: EventCipher | undefined,
  definition: EventDefinition,
  eventId: string,
  keyId: string,
  data: Fields
): Promise<{ data: Fields; erased: boolean }> {
  const opener = cipher ?? missingCipher(definition)
  let erased = false
  const opened = await Promise.all(
    present(definition, data).map(async (field) => {
      const sealed = data[field]
      if (typeof sealed !== 'string') throw new TypeError(`personal field ${field} is not sealed`)
      const value = await opener.open(keyId, sealed, `${eventId}/${field}`)
      if (value !== ERASED) return [field, value] as const
      erased = true
      const schema = definition.data.properties[field]
      return [field, schema === undefined ? null : erasedValue(schema)] as const
    })
  )
  return { data: { ...data, ...Object.fromEntries(opened) }, erased }
}

function present(definition: EventDefinition, data: Fields): string[] {
  return definition.piiFields.filter((field) => data[field] !== undefined)
}

function missingCipher(definition: EventDefinition): never {
  throw new PermanentError(
    eventLogErrors.cipherMissing,
    `${definition.type} has personal fields, but the event log has no cipher. Pass a keyring to openEventLog or useCipher`
  )
}
