import type { EffectLedger } from '@leadlog/outbound'
import { effectOutcome, failureOf } from '../call-errors.ts'
import { noCall } from '../call-figures.ts'
import type { CallFigures, ObjectsToFind, RecordAnswer } from '../crm-provider.ts'

/** A new object as the ledger has to know it. */
interface ObjectToMake {
  readonly key: string
  readonly makingKey: string
  /** Of values and links. */
  readonly digest: string
  readonly waitingSince: Date
}

/** What the ledger keeps of an object that was made. */
interface Made extends CallFigures {
  readonly crmId: string
  readonly batchSize: number
  /** Of the state that it was made in; null where it was found, in whatever state. */
  readonly digest: string | null
}

/** The answer to an object that was made as it is to be, or was not made; or the id of one that has to be changed. */
export type MakingResult = RecordAnswer | { readonly foundId: string }

/**
 * Makes objects that the CRM does not recognize by their keys, each once: after a call whose outcome is not known, and
 * after a crash, they are looked for before they are made again. The results are by making key. Does not throw for what
 * happens outside.
 */
export async function makeThroughLedger<Write extends ObjectToMake>(
  ledger: EffectLedger,
  call: { readonly vendor: string; readonly operation: string },
  writes: readonly Write[],
  find: (wanted: ObjectsToFind) => Promise<ReadonlyMap<string, string>>,
  perform: (chosen: readonly Write[]) => Promise<readonly RecordAnswer[]>
): Promise<ReadonlyMap<string, MakingResult>> {
  const byKey = new Map(writes.map((write) => [write.makingKey, write]))
  const since = new Date(Math.min(...writes.map(({ waitingSince }) => waitingSince.getTime())))
  const look = (longAgo: boolean) => find({ keys: writes.map(({ key }) => key), since, longAgo })
  // One look serves all that have to be looked for.
  const looks = new Map<boolean, ReturnType<typeof look>>()
  const lookOnce = (longAgo: boolean) => {
    const made = looks.get(longAgo) ?? look(longAgo)
    looks.set(longAgo, made)
    return made
  }
  const settled = await ledger
    .runMany<Made>({
      ...call,
      policy: 'look-up',
      causedAt: since,
      effects: writes.map(({ makingKey: key }) => ({ key, digest: key })),
      reconcile: async ({ key, attempt }) => {
        // Attempt 0 is one that the ledger may have forgotten: before it came back from a backup, or with its age.
        const crmId = (await lookOnce(attempt === 0)).get(byKey.get(key)?.key ?? '')
        if (crmId === undefined) return { found: false }
        return { found: true, response: { crmId, batchSize: 1, digest: null, ...noCall } }
      },
      perform: async (keys) => {
        const chosen = keys.flatMap((key) => byKey.get(key) ?? [])
        const answers = await perform(chosen)
        return new Map(
          chosen.map(({ makingKey, digest }, index) => [
            makingKey,
            effectOutcome(answers[index], ({ crmId, batchSize, ...figures }): Made => {
              const { httpStatus, waitedMs, latencyMs } = figures
              return { crmId, batchSize, digest, httpStatus, waitedMs, latencyMs }
            })
          ])
        )
      }
    })
    .catch((error: unknown) => ({ error }))
  return new Map(
    writes.map(({ makingKey, digest }): [string, MakingResult] => {
      if ('error' in settled) return [makingKey, { ...failureOf(settled.error), batchSize: 1 }]
      const result = settled.get(makingKey)
      if (result?.ok !== true) return [makingKey, { ...failureOf(result?.error), batchSize: writes.length }]
      const { crmId, digest: madeAs, ...figures } = result.response
      if (madeAs !== digest) return [makingKey, { foundId: crmId }]
      return [makingKey, { outcome: { kind: 'written', crmId, action: 'insert' }, ...figures }]
    })
  )
}
