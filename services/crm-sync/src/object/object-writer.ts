import type { ObjectKind } from '@leadlog/contracts'
import type { EffectLedger } from '@leadlog/outbound'
import type { CallOptions, CrmProvider, ObjectTarget, ObjectToWrite, RecordAnswer } from '../crm-provider.ts'
import { writeThroughLedger } from '../record/record-writer.ts'
import { makeThroughLedger } from './object-maker.ts'

/** A write of an object with the names under which its effects are kept. */
export interface NamedObjectWrite extends ObjectToWrite {
  /** Of this state. */
  readonly effectKey: string
  /** Of values and links. */
  readonly digest: string
  /** Of the making of the object, in whatever state. */
  readonly makingKey: string
  /** Before it no call can have made the object. */
  readonly waitingSince: Date
}

/** Writes objects outside, keeping book of what was begun and what came of it. */
export interface ObjectWriter {
  /** One answer per write, in the order given; does not throw for what happens outside. */
  write(
    target: ObjectTarget,
    writes: readonly NamedObjectWrite[],
    options: CallOptions
  ): Promise<readonly RecordAnswer[]>
  /** True where a new object of the kind is looked for before it may be made again. */
  looksFirst(kind: ObjectKind): boolean
}

/**
 * Writes through the provider with the effect ledger around it. After an outcome that is not known an object is written
 * again where the CRM finds it by its id or its key, so that a repetition changes nothing; where it cannot, a new object
 * is looked for first, and what was found or made before is changed by its id.
 */
export function createObjectWriter(provider: CrmProvider, ledger: EffectLedger): ObjectWriter {
  return {
    looksFirst: (kind) => provider.finderOf(kind) !== null,
    async write(target, writes, options) {
      const perform = (chosen: readonly NamedObjectWrite[]) => provider.writeObjects(target, chosen, options)
      const find = provider.finderOf(target.kind)
      const made =
        find === null
          ? new Map<string, RecordAnswer>()
          : await makeThroughLedger(
              ledger,
              { vendor: provider.name, operation: `make-${target.kind}s` },
              writes.filter(({ crmId }) => crmId === null),
              (wanted) => find(target, wanted, options),
              perform
            )
      const changes = writes.flatMap((write) => {
        const known = made.get(write.makingKey)
        if (known === undefined) return [write]
        return 'foundId' in known ? [{ ...write, crmId: known.foundId }] : []
      })
      const answers = await writeThroughLedger(
        ledger,
        { vendor: provider.name, operation: `write-${target.kind}s` },
        changes,
        perform
      )
      const changed = new Map(changes.map(({ makingKey }, index) => [makingKey, answers[index]]))
      return writes.flatMap(({ makingKey }) => {
        const known = made.get(makingKey)
        return (known !== undefined && 'outcome' in known ? known : changed.get(makingKey)) ?? []
      })
    }
  }
}
