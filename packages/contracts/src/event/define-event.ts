import type { Static, TObject } from '@sinclair/typebox'
import { piiFields } from './pii.ts'

/** A declared event: its name, its aggregate, its schema and what it means. */
export interface EventDefinition<Type extends string = string, Data extends TObject = TObject> {
  /** `<context>.<EventName>.v<N>`, past tense. */
  readonly type: Type
  readonly context: string
  /** `EventName` without context and version. */
  readonly name: string
  readonly version: number
  /** `command` for the message of a command, which is coded like an event but stands in COMMANDS. */
  readonly kind: 'event' | 'command'
  /** The kind of aggregate whose history holds the event; third token of its subject. */
  readonly aggregate: string
  readonly description: string
  readonly data: Data
  /** The top-level fields that are encrypted under the person's key. */
  readonly piiFields: readonly string[]
  /** Lifts the data of the version before to this one; pure. Present on every version above 1. */
  readonly upcast?: ((previous: unknown) => Static<Data>) | undefined
}

/** What the data of an event of this definition looks like. */
export type DataOf<D extends EventDefinition> = Static<D['data']>

const TYPE_FORM = /^([a-z][a-z-]*)\.([A-Z][A-Za-z]*)\.v([1-9][0-9]*)$/

/**
 * Declares an event. The schema is the source of the type; context, name and version are read from `type`.
 * An event with personal fields must carry a `personId`: the id of the key they are encrypted under.
 * A published version never changes: declare the next version with an `upcast` from the one before.
 *
 * @throws TypeError when the type is not `<context>.<EventName>.v<N>`, when personal fields lack a `personId`, or
 * when a version above 1 has no `upcast`
 */
export function defineEvent<const Type extends string, Data extends TObject>(declaration: {
  type: Type
  kind?: 'command'
  aggregate: string
  description: string
  data: Data
  upcast?: (previous: unknown) => Static<Data>
}): EventDefinition<Type, Data> {
  const match = TYPE_FORM.exec(declaration.type)
  if (!match?.[1] || !match[2] || !match[3]) {
    throw new TypeError(
      `Event type "${declaration.type}" must read <context>.<EventName>.v<N>, for example crm.LeadCaptured.v1`
    )
  }
  const personal = piiFields(declaration.data)
  if (personal.length > 0 && !('personId' in declaration.data.properties)) {
    throw new TypeError(
      `Event ${declaration.type} has personal fields (${personal.join(', ')}) but no personId to encrypt them for`
    )
  }
  const version = Number(match[3])
  if (version > 1 && !declaration.upcast) {
    throw new TypeError(`Event ${declaration.type} needs an upcast from version ${version - 1}`)
  }
  return Object.freeze({
    type: declaration.type,
    context: match[1],
    name: match[2],
    version,
    kind: declaration.kind ?? 'event',
    aggregate: declaration.aggregate,
    description: declaration.description,
    data: declaration.data,
    piiFields: personal,
    upcast: declaration.upcast
  })
}
