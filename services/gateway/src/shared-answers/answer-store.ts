import type { Keyring } from '@leadlog/keyring'
import type { Redis } from 'ioredis'
import { answerOf, type Answer } from './answer.ts'

export interface KeptAnswer {
  readonly answer: Answer
  readonly leftMs: number
}

/** Keeps answers for a short while. What it cannot give is asked of the database; it never fails. */
export interface AnswerStore {
  get(key: string): Promise<KeptAnswer | null>
  put(key: string, answer: Answer, forMs: number): Promise<void>
}

/** All answers together; a list of a hundred leads takes about 60 kB. Compressed they are kept beside: about a tenth. */
const MAX_CHARACTERS = 16 * 1_048_576

/** In this process. */
export function memoryAnswers(now: () => number, maxCharacters = MAX_CHARACTERS): AnswerStore {
  const answers = new Map<string, { answer: Answer; endsAt: number }>()
  let characters = 0
  const drop = (key: string): void => {
    characters -= answers.get(key)?.answer.body.length ?? 0
    answers.delete(key)
  }
  return {
    get(key) {
      const kept = answers.get(key)
      const leftMs = (kept?.endsAt ?? 0) - now()
      if (kept !== undefined && leftMs > 0) return Promise.resolve({ answer: kept.answer, leftMs })
      drop(key)
      return Promise.resolve(null)
    },
    put(key, answer, forMs) {
      drop(key)
      answers.set(key, { answer, endsAt: now() + forMs })
      characters += answer.body.length
      for (const [oldest, { endsAt }] of answers) {
        if (characters <= maxCharacters && endsAt > now()) break
        drop(oldest)
      }
      return Promise.resolve()
    }
  }
}

/** The key under which answers are sealed. */
const SEALED_UNDER = 'shared-answers'

/** In Redis, for all processes, sealed: who reads Redis learns nothing. Away, it has nothing. */
export function redisAnswers(
  redis: Redis,
  prefix: string,
  keyring: Pick<Keyring, 'sealBytes' | 'openBytes'>
): AnswerStore {
  return {
    async get(key) {
      try {
        const name = `${prefix}${key}`
        const [kept, left] = (await redis.multi().get(name).pttl(name).exec()) ?? []
        const [sealed, leftMs] = [kept?.[1], Number(left?.[1])]
        if (typeof sealed !== 'string' || !(leftMs > 0)) return null
        const opened = await keyring.openBytes(SEALED_UNDER, sealed, key)
        return opened instanceof Uint8Array ? { answer: answerOf(Buffer.from(opened).toString('utf8')), leftMs } : null
      } catch {
        return null
      }
    },
    async put(key, answer, forMs) {
      try {
        await redis.set(
          `${prefix}${key}`,
          await keyring.sealBytes(SEALED_UNDER, Buffer.from(answer.body), key),
          'PX',
          forMs
        )
      } catch {
        // The next who asks will ask the database.
      }
    }
  }
}

/** The nearer one first; what only the farther one has is kept in the nearer one for as long as it is left there. */
export function layeredAnswers(near: AnswerStore, far: AnswerStore): AnswerStore {
  return {
    async get(key) {
      const kept = await near.get(key)
      if (kept !== null) return kept
      const farther = await far.get(key)
      if (farther !== null) await near.put(key, farther.answer, farther.leftMs)
      return farther
    },
    async put(key, answer, forMs) {
      await Promise.all([near.put(key, answer, forMs), far.put(key, answer, forMs)])
    }
  }
}
