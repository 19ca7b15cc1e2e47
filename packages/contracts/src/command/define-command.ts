import { Type, type Static, type TObject } from '@sinclair/typebox'
import { defineEvent, type EventDefinition } from '../event/define-event.ts'
import { piiFields } from '../event/pii.ts'
import { PersonId } from '../scalars.ts'

/** A declared command: which service does it, what must be given, and what comes back. */
export interface CommandDefinition<Data extends TObject = TObject, Result extends TObject = TObject> {
  /** The service that handles it; lower case, for example `crm`. */
  readonly service: string
  /** Imperative, `CaptureLead`. */
  readonly name: string
  readonly version: number
  /** One sentence that says what it does, for people and for agents. */
  readonly description: string
  /** What the sender gives; also the JSON schema of `/v1/capabilities`. */
  readonly data: Data
  /** What the sender is told when it is done; small, and free of personal data. */
  readonly result: Result
  /** Why the rules may refuse it: code → what it means. */
  readonly refusals: Readonly<Record<string, string>>
  /**
   * The e-mail address whose person the personal fields belong to; present where there are any. The sender's process
   * makes the person's id of it, since only the keyring can.
   */
  personAddress?(data: Static<Data>): string
  /**
   * The command as it stands in COMMANDS: `data`, with the `personId` where it has personal fields. Encoded, sealed and
   * lifted like an event's.
   */
  readonly message: EventDefinition
}

/** What the sender of a command of this definition gives. */
export type CommandData<C extends CommandDefinition> = Static<C['data']>

/** What the sender is told when it is done. */
export type CommandResult<C extends CommandDefinition> = Static<C['result']>

const SERVICE_FORM = /^[a-z][a-z-]*$/
const NAME_FORM = /^[A-Z][A-Za-z]*$/

/**
 * Declares a command. Personal fields are marked with `pii()` and sealed as in events; such a command says with
 * `personAddress` whose they are. A version above 1 needs an `upcast`, for the commands of the version before that
 * still wait.
 *
 * @throws TypeError for a malformed name, and for personal fields without `personAddress`
 */
export function defineCommand<Data extends TObject, Result extends TObject>(declaration: {
  service: string
  name: string
  version?: number
  description: string
  data: Data
  result: Result
  refusals?: Readonly<Record<string, string>>
  personAddress?: (data: Static<Data>) => string
  upcast?: (previous: unknown) => Readonly<Record<string, unknown>>
}): CommandDefinition<Data, Result> {
  const { service, name, version = 1, description, data, result, refusals = {}, personAddress, upcast } = declaration
  if (!SERVICE_FORM.test(service) || !NAME_FORM.test(name))
    throw new TypeError(`Command "${service}.${name}" must read <service>.<Name>, for example crm.CaptureLead`)
  const personal = piiFields(data)
  if (personal.length > 0 && !personAddress) {
    throw new TypeError(`Command ${service}.${name} has personal fields (${personal.join(', ')}) but no personAddress`)
  }
  const stored: TObject = personAddress ? Type.Object({ ...data.properties, personId: PersonId }) : data
  const message = defineEvent({
    type: `${service}.${name}.v${version}`,
    kind: 'command',
    aggregate: 'command',
    description,
    data: stored,
    ...(upcast ? { upcast } : {})
  })
  return Object.freeze({
    service,
    name,
    version,
    description,
    data,
    result,
    refusals,
    message,
    ...(personAddress ? { personAddress } : {})
  })
}
