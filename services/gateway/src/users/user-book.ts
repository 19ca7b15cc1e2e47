import { type Actor, type RecordedEvent } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import type { Keyring } from '@leadlog/keyring'
import { HttpProblem } from '@leadlog/service'
import { userDecider, userOf, type User, type UserCommand } from './user.ts'

/** Where users are recorded. */
export type AccessLog = Pick<EventLog, 'load' | 'transact'>

/** Who does something, and in which request. */
export interface Doing {
  readonly actor: Actor
  readonly requestId: string
}

/** The users, read from their own histories: a change of a role holds for the next request, whichever process has it. */
export interface UserBook {
  find(userId: string): Promise<User | null>
  idOf(email: string): string
  /** Does it, or says why not. Twice for one request is once. */
  run(userId: string, command: UserCommand, doing: Doing): Promise<readonly RecordedEvent[]>
}

export function createUserBook(log: AccessLog, keyring: Pick<Keyring, 'personId'>): UserBook {
  const ref = (id: string) => ({ context: 'access', aggregate: 'user', id })
  const find = async (id: string): Promise<User | null> => userOf((await log.load(ref(id))).events)
  return {
    find,
    idOf: (email) => keyring.personId(email),
    async run(id, command, { actor, requestId }) {
      const result = await log.transact({
        cause: { id: requestId, correlationId: requestId },
        handler: `gateway-${command.do}`,
        actor,
        load: [ref(id)],
        decide: ([history]) => userDecider.decide(command, userOf(history?.events ?? []))
      })
      if ('refusal' in result) throw new UserRefusal(result.refusal.code, result.refusal.message)
      return result.events
    }
  }
}

const STATUS_OF: Readonly<Record<string, number>> = { USER_UNKNOWN: 404, CODE_NEEDED: 401, CODE_USED: 401 }

/** What the rules about users do not allow, as the answer to whoever asked. */
export class UserRefusal extends HttpProblem {
  constructor(code: string, message: string) {
    super(STATUS_OF[code] ?? 409, code, message)
    this.name = 'UserRefusal'
  }
}
