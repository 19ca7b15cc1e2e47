import { TransientError } from '@leadlog/contracts'
import type { EffectLedger } from '@leadlog/outbound'
import { errorOf } from '../call-errors.ts'
import type { CallOptions, CrmProvider } from '../crm-provider.ts'

export interface DeletedRecord {
  readonly outcome: 'deleted' | 'was-gone'
  readonly httpStatus: number | null
}

/** Deletes the records of an erased person outside, keeping book of what was begun and what came of it. */
export interface RecordDeleter {
  /**
   * The ids of every record that a write of the lead ended in, also of one whose outcome could not be recorded any more
   * because the person's key was gone.
   *
   * @throws TransientError CRM_SYNC_WRITES_UNDER_WAY while a write of the lead may still make a record
   */
  recordsOf(module: string, leadId: string): Promise<readonly string[]>
  /** @throws what the CRM's answer means: TransientError, PermanentError, OutcomeUnknownError */
  remove(module: string, crmId: string, erasureId: string, options: CallOptions): Promise<DeletedRecord>
}

export function createRecordDeleter(provider: CrmProvider, ledger: EffectLedger): RecordDeleter {
  return {
    async recordsOf(module, leadId) {
      const effects = await ledger.begunWith(['record', provider.name, module, leadId, ''].join(':'))
      const open = effects.filter(({ state }) => state === 'intent' || state === 'unknown' || state === 'parked')
      if (open.length > 0) {
        throw new TransientError(
          'CRM_SYNC_WRITES_UNDER_WAY',
          `A write of lead ${leadId} may still make a record (effect ${open[0]?.key ?? ''}). When it stays so, look in the CRM and settle the effect`
        )
      }
      const ids = effects.map(({ response }) => (response as { crmId?: unknown } | null)?.crmId)
      return [...new Set(ids.filter((id) => typeof id === 'string'))]
    },

    async remove(module, crmId, erasureId, options) {
      const { response } = await ledger.run<DeletedRecord>({
        vendor: provider.name,
        operation: 'delete-record',
        key: ['delete', provider.name, module, crmId, erasureId].join(':'),
        digest: crmId,
        // A record that is deleted twice is deleted.
        policy: 'upsert',
        perform: async () => {
          const { outcome, ...figures } = await provider.deleteRecord(module, crmId, options)
          switch (outcome.kind) {
            case 'deleted':
            case 'was-gone':
              return { outcome: outcome.kind, httpStatus: figures.httpStatus }
            case 'refused':
            case 'failed':
            case 'unknown':
              throw errorOf(outcome, figures)
          }
        }
      })
      return response
    }
  }
}
