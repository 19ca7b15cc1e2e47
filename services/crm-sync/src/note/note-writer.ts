import { requestDigest, type EffectLedger } from '@leadlog/outbound'
import { errorOf, failureOf } from '../call-errors.ts'
import { noCall } from '../call-figures.ts'
import type { CallFigures, CallOptions, CrmProvider, NoteAnswer, NoteToWrite } from '../crm-provider.ts'

/** A note with the name under which its effect is kept, and the text by which it is found again. */
export interface NamedNote extends NoteToWrite {
  readonly effectKey: string
  readonly reference: string
  /** When it was queued. */
  readonly causedAt: Date
}

export interface NoteWriteResult extends NoteAnswer {
  /** `reconciled` where an earlier call, whose answer was lost, had written the note. */
  readonly how: 'written' | 'reconciled'
}

/** Writes notes outside, each once: after an outcome that is not known it looks before it writes. */
export interface NoteWriter {
  /** Does not throw for what happens outside. */
  write(module: string, note: NamedNote, options: CallOptions): Promise<NoteWriteResult>
}

/** What the ledger keeps of a note that was written. */
interface Written extends CallFigures {
  readonly crmNoteId: string
}

export function createNoteWriter(provider: CrmProvider, ledger: EffectLedger): NoteWriter {
  return {
    async write(module, note, options) {
      const { effectKey, crmId, title, content, reference, causedAt } = note
      try {
        const { response, how } = await ledger.run<Written>({
          vendor: provider.name,
          operation: 'create-note',
          key: effectKey,
          digest: requestDigest({ title, content }),
          causedAt,
          policy: 'look-up',
          reconcile: async () => {
            const crmNoteId = await provider.findNote(module, crmId, reference, options)
            return crmNoteId === null ? { found: false } : { found: true, response: { crmNoteId, ...noCall } }
          },
          perform: async () => {
            const { outcome, ...figures } = await provider.createNote(module, { crmId, title, content }, options)
            if (outcome.kind !== 'written') throw errorOf(outcome, figures)
            return { crmNoteId: outcome.crmNoteId, ...figures }
          }
        })
        const { crmNoteId, ...figures } = response
        return {
          outcome: { kind: 'written', crmNoteId },
          ...figures,
          how: how === 'reconciled' ? 'reconciled' : 'written'
        }
      } catch (error) {
        return { ...failureOf(error), how: 'written' }
      }
    }
  }
}
