import {
  ERASED_TEXT,
  isEvent,
  newEvent,
  PanelOpened,
  refuse,
  SecondFactorDisabled,
  SecondFactorEnabled,
  SessionEnded,
  SignedIn,
  SignInLinkSent,
  SignInRefused,
  UserDisabled,
  UserEnabled,
  UserInvited,
  UserRoleChanged,
  type DataOf,
  type Decider,
  type RequestOrigin,
  type NewEvent,
  type RecordedEvent,
  type Refusal,
  type Role
} from '@leadlog/contracts'

/** A person who may sign in, as their events tell it. */
export interface User {
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly role: Role
  readonly disabled: boolean
  readonly secondFactor: SecondFactor | null
  /** Time step of the newest code that was taken; 0 before the first. */
  readonly lastCodeStep: number
}

/** What a code is checked against. */
export interface SecondFactor {
  /** Sealed under the person's key; see the event. */
  readonly sealedSecret: string
  /** Digests of the recovery codes that were not used yet. */
  readonly recoveryCodes: readonly string[]
}

/** How somebody proved a second time who they are. */
export type Proof =
  | { readonly kind: 'none' }
  | { readonly kind: 'code'; readonly step: number }
  | { readonly kind: 'recovery-code'; readonly digest: string }

/** Whoever acts on another user; null for the system itself and for keys. */
type Acting = { readonly by: string | null }

export type UserCommand =
  | {
      readonly do: 'invite'
      readonly id: string
      readonly email: string
      readonly name: string | null
      readonly role: Role
    }
  | ({ readonly do: 'change-role'; readonly role: Role } & Acting)
  | ({ readonly do: 'disable' } & Acting)
  | { readonly do: 'enable' }
  | { readonly do: 'note-link'; readonly origin: RequestOrigin }
  | { readonly do: 'sign-in'; readonly sessionId: string; readonly proof: Proof; readonly origin: RequestOrigin }
  | {
      readonly do: 'open-panel'
      readonly sessionId: string
      readonly zoomUserId: string
      readonly origin: RequestOrigin
    }
  | {
      readonly do: 'note-refusal'
      readonly reason: DataOf<typeof SignInRefused>['reason']
      readonly origin: RequestOrigin
    }
  | { readonly do: 'end-session'; readonly sessionId: string | null; readonly reason: 'signed-out' | 'revoked' }
  | {
      readonly do: 'enable-second-factor'
      readonly sealedSecret: string
      readonly recoveryCodes: readonly string[]
      readonly step: number
    }
  /** Null where an admin takes it from somebody who lost it. */
  | { readonly do: 'disable-second-factor'; readonly proof: Proof | null }

/** The user of a history; null for nobody, or for somebody whose key was destroyed. */
export function userOf(events: readonly RecordedEvent[]): User | null {
  const user = events.reduce<User | null>((before, event) => userDecider.evolve(before, event), null)
  return user === null || user.email === ERASED_TEXT ? null : user
}

/** What may happen to a user, and what becomes of it. */
export const userDecider: Decider<User | null, UserCommand> = {
  initialState: () => null,
  evolve(user, event) {
    if (isEvent(event, UserInvited)) {
      const { userId: id, email, name, role } = event.data
      return { id, email, name, role, disabled: false, secondFactor: null, lastCodeStep: 0 }
    }
    if (user === null) return null
    if (isEvent(event, UserRoleChanged)) return { ...user, role: event.data.to }
    if (isEvent(event, UserDisabled)) return { ...user, disabled: true }
    if (isEvent(event, UserEnabled)) return { ...user, disabled: false }
    if (isEvent(event, SecondFactorEnabled)) {
      const { sealedSecret, recoveryCodes, codeStep } = event.data
      return { ...user, secondFactor: { sealedSecret, recoveryCodes }, lastCodeStep: codeStep }
    }
    if (isEvent(event, SecondFactorDisabled)) return { ...user, secondFactor: null }
    if (isEvent(event, SignedIn)) return withoutProof(user, event.data)
    return user
  },
  decide(command, user) {
    if (command.do === 'invite') return invited(command, user)
    if (user === null) return refuse('USER_UNKNOWN', 'There is no such user')
    const { id: userId } = user
    switch (command.do) {
      case 'change-role':
        if (command.by === userId) return refuse('USER_IS_YOU', 'Another admin must change your role')
        if (command.role === user.role) return []
        return [newEvent(UserRoleChanged, userId, { userId, from: user.role, to: command.role })]
      case 'disable':
        if (command.by === userId) return refuse('USER_IS_YOU', 'Another admin must disable you')
        return user.disabled ? [] : [newEvent(UserDisabled, userId, { userId })]
      case 'enable':
        return user.disabled ? [newEvent(UserEnabled, userId, { userId })] : []
      case 'note-link':
        return [newEvent(SignInLinkSent, userId, { userId, personId: userId, origin: command.origin })]
      case 'note-refusal': {
        const { reason, origin } = command
        return [newEvent(SignInRefused, userId, { userId, personId: userId, reason, origin })]
      }
      case 'sign-in':
        return signedIn(command, user)
      case 'open-panel': {
        if (user.disabled) return refuse('USER_DISABLED', 'This user may not sign in')
        const { sessionId, zoomUserId, origin } = command
        return [newEvent(PanelOpened, userId, { userId, personId: userId, sessionId, zoomUserId, origin })]
      }
      case 'end-session':
        return [newEvent(SessionEnded, userId, { userId, sessionId: command.sessionId, reason: command.reason })]
      case 'enable-second-factor': {
        const { sealedSecret, recoveryCodes, step } = command
        if (step <= user.lastCodeStep) return codeUsed()
        const data = { userId, personId: userId, sealedSecret, recoveryCodes: [...recoveryCodes], codeStep: step }
        return [newEvent(SecondFactorEnabled, userId, data)]
      }
      case 'disable-second-factor':
        if (command.proof !== null && isUsed(command.proof, user)) return codeUsed()
        return user.secondFactor === null ? [] : [newEvent(SecondFactorDisabled, userId, { userId })]
    }
  }
}

function invited({ id, email, name, role }: UserCommand & { do: 'invite' }, user: User | null): NewEvent[] | Refusal {
  if (user !== null) return refuse('USER_KNOWN', 'This person is a user already; change their role instead')
  return [newEvent(UserInvited, id, { userId: id, personId: id, email, name, role })]
}

function signedIn(command: UserCommand & { do: 'sign-in' }, user: User): NewEvent[] | Refusal {
  const { proof, sessionId, origin } = command
  if (user.disabled) return refuse('USER_DISABLED', 'This user may not sign in')
  if (user.secondFactor !== null && proof.kind === 'none') return refuse('CODE_NEEDED', 'A code is needed')
  if (isUsed(proof, user)) return codeUsed()
  return [
    newEvent(SignedIn, user.id, {
      userId: user.id,
      personId: user.id,
      sessionId,
      proof: proof.kind,
      codeStep: proof.kind === 'code' ? proof.step : null,
      recoveryCode: proof.kind === 'recovery-code' ? proof.digest : null,
      origin
    })
  ]
}

function isUsed(proof: Proof, user: User): boolean {
  if (proof.kind === 'code') return proof.step <= user.lastCodeStep
  return proof.kind === 'recovery-code' && !user.secondFactor?.recoveryCodes.includes(proof.digest)
}

function codeUsed(): Refusal {
  return refuse('CODE_USED', 'This code was used already; wait for the next one')
}

function withoutProof(user: User, { codeStep, recoveryCode }: DataOf<typeof SignedIn>): User {
  const { secondFactor } = user
  const kept = secondFactor && {
    ...secondFactor,
    recoveryCodes: secondFactor.recoveryCodes.filter((digest) => digest !== recoveryCode)
  }
  return { ...user, secondFactor: kept, lastCodeStep: Math.max(user.lastCodeStep, codeStep ?? 0) }
}
