import { randomInt } from 'node:crypto'
import { ERASED } from '@leadlog/contracts'
import type { Keyring } from '@leadlog/keyring'
import { HttpProblem, type Clock } from '@leadlog/service'
import type { VolatileStore } from '../sessions/volatile-store.ts'
import type { Proof, User } from '../users/user.ts'
import { codeStep, newTotpSecret, totpUri } from './totp.ts'

/** Time to scan a secret and type the first code. */
const ENROL_WITHIN_MS = 10 * 60_000
const RECOVERY_CODES = 10
/** Without letters that are taken for others; ten of them are 49 bits. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const CODE_LETTERS = 10

/** Codes beside the link: secrets of authenticator apps, and recovery codes for who lost theirs. */
export interface SecondFactors {
  /** A secret for the user's app; nothing is asked of them before a code confirms it. */
  prepare(user: User): Promise<{ secret: string; uri: string }>
  /** What is recorded when the code fits the prepared secret, and the codes that are shown once. */
  confirm(user: User, code: string): Promise<{ sealedSecret: string; step: number; codes: string[]; digests: string[] }>
  /** What the code proves; null when it proves nothing. */
  check(user: User, code: string): Promise<Proof | null>
}

export function createSecondFactors(options: {
  keyring: Pick<Keyring, 'sealBytes' | 'openBytes' | 'fingerprint'>
  store: VolatileStore
  clock: Clock
}): SecondFactors {
  const { keyring, store, clock } = options
  const pendingKey = (user: User): string => `second-factor-of:${user.id}`
  const context = (user: User): string => `second-factor/${user.id}`
  const digest = (user: User, code: string): string => keyring.fingerprint(`recovery-code/${user.id}`, code)

  const open = async (user: User, sealed: string): Promise<string | null> => {
    const bytes = await keyring.openBytes(user.id, sealed, context(user))
    return bytes === ERASED ? null : Buffer.from(bytes).toString('utf8')
  }

  return {
    async prepare(user) {
      if (user.secondFactor !== null)
        throw new HttpProblem(409, 'SECOND_FACTOR_ENABLED', 'You have a second factor; disable it first, with a code')
      const secret = newTotpSecret()
      const sealed = await keyring.sealBytes(user.id, Buffer.from(secret, 'utf8'), context(user))
      await store.put(pendingKey(user), sealed, ENROL_WITHIN_MS)
      return { secret, uri: totpUri(secret, user.email) }
    },
    async confirm(user, code) {
      const sealedSecret = await store.get(pendingKey(user))
      const secret = sealedSecret === null ? null : await open(user, sealedSecret)
      if (sealedSecret === null || secret === null)
        throw new HttpProblem(409, 'SECOND_FACTOR_NOT_PREPARED', 'Ask for a secret first; it is good for ten minutes')
      const step = codeStep(secret, code, clock.now())
      if (step === null) throw new HttpProblem(401, 'CODE_WRONG', 'The code is wrong; look at the clock of your device')
      await store.remove([pendingKey(user)])
      const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
      return { sealedSecret, step, codes, digests: codes.map((one) => digest(user, normal(one))) }
    },
    async check(user, code) {
      const { secondFactor } = user
      if (secondFactor === null) return null
      if (/^\d{6}$/.test(code)) {
        const secret = await open(user, secondFactor.sealedSecret)
        const step = secret === null ? null : codeStep(secret, code, clock.now())
        return step === null ? null : { kind: 'code', step }
      }
      const given = digest(user, normal(code))
      return secondFactor.recoveryCodes.includes(given) ? { kind: 'recovery-code', digest: given } : null
    }
  }
}

function newRecoveryCode(): string {
  const letters = Array.from({ length: CODE_LETTERS }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return `${letters.slice(0, CODE_LETTERS / 2)}-${letters.slice(CODE_LETTERS / 2)}`
}

/** As typed by hand: any case, with or without its dash. */
function normal(code: string): string {
  return code.toLowerCase().replace(/[\s-]/g, '')
}
