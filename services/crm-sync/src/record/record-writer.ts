import type { EffectLedger } from '@leadlog/outbound'
import { effectOutcome, failureOf, type WrittenFigures } from '../call-errors.ts'
import type { CallOptions, CrmProvider, RecordAnswer, RecordToWrite } from '../crm-provider.ts'

/** A write with the name under which its effect is kept. */
export interface NamedRecordWrite extends RecordToWrite {
  readonly effectKey: string
  /** Of the values. */
  readonly digest: string
}

/** Writes records outside, keeping book of what was begun and what came of it. */
export interface RecordWriter {
  /** One answer per write, in the order given; does not throw for what happens outside. */
  write(module: string, writes: readonly NamedRecordWrite[], options: CallOptions): Promise<readonly RecordAnswer[]>
}

/**
 * Writes through the provider with the effect ledger around it. A write whose outcome is unknown is made again: the CRM
 * finds the record by its id or its e-mail, so a repetition changes nothing.
 */
export function createRecordWriter(provider: CrmProvider, ledger: EffectLedger): RecordWriter {
  return {
    write: (module, writes, options) =>
      writeThroughLedger(ledger, { vendor: provider.name, operation: 'upsert-records' }, writes, (chosen) =>
        provider.upsertRecords(module, chosen, options)
      )
  }
}

/**
 * Makes the writes that the ledger does not know as done, in one call. `perform` gives one answer per write, and must
 * change nothing where it is repeated. Does not throw for what happens outside.
 */
export async function writeThroughLedger<Write extends { readonly effectKey: string; readonly digest: string }>(
  ledger: EffectLedger,
  call: { readonly vendor: string; readonly operation: string },
  writes: readonly Write[],
  perform: (chosen: readonly Write[]) => Promise<readonly RecordAnswer[]>
): Promise<RecordAnswer[]> {
  const byKey = new Map(writes.map((write) => [write.effectKey, write]))
  const settled = await ledger
    .runMany<WrittenFigures>({
      ...call,
      policy: 'upsert',
      effects: writes.map(({ effectKey: key, digest }) => ({ key, digest })),
      perform: async (keys) => {
        const chosen = keys.flatMap((key) => byKey.get(key) ?? [])
        const answers = await perform(chosen)
        return new Map(
          chosen.map(({ effectKey }, index) => [effectKey, effectOutcome(answers[index], (written) => written)])
        )
      }
    })
    .catch((error: unknown) => ({ error }))
  return writes.map(({ effectKey }) => {
    if ('error' in settled) return { ...failureOf(settled.error), batchSize: 1 }
    const result = settled.get(effectKey)
    if (result?.ok !== true) return { ...failureOf(result?.error), batchSize: writes.length }
    const { crmId, action, ...figures } = result.response
    return { outcome: { kind: 'written', crmId, action }, ...figures }
  })
}
