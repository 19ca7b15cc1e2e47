import type { EffectLedger } from '@leadlog/outbound'
import type { CallOptions, CrmProvider, ObjectTarget, ObjectToWrite, RecordAnswer } from '../crm-provider.ts'
import { writeThroughLedger } from '../record/record-writer.ts'

/** A write of an object with the name under which its effect is kept. */
export interface NamedObjectWrite extends ObjectToWrite {
  readonly effectKey: string
  /** Of values and links. */
  readonly digest: string
}

/** Writes objects outside, keeping book of what was begun and what came of it. */
export interface ObjectWriter {
  /** One answer per write, in the order given; does not throw for what happens outside. */
  write(
    target: ObjectTarget,
    writes: readonly NamedObjectWrite[],
    options: CallOptions
  ): Promise<readonly RecordAnswer[]>
}

/**
 * Writes through the provider with the effect ledger around it. A write whose outcome is unknown is made again: the CRM
 * finds the object by its id or its key, so a repetition changes nothing.
 */
export function createObjectWriter(provider: CrmProvider, ledger: EffectLedger): ObjectWriter {
  return {
    write: (target, writes, options) =>
      writeThroughLedger(ledger, { vendor: provider.name, operation: `write-${target.kind}s` }, writes, (chosen) =>
        provider.writeObjects(target, chosen, options)
      )
  }
}
