import { TransientError } from '@leadlog/contracts'
import type { EffectLedger } from '@leadlog/outbound'
import { errorOf } from '../call-errors.ts'
import type { CallOptions, CrmProvider } from '../crm-provider.ts'
import { objectEffectPrefix } from '../object/object-outcomes.ts'

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
  /** The same of the contacts, deals and tasks that were written for the lead. */
  objectsOf(leadId: string): Promise<readonly WrittenObject[]>
  /** @throws what the CRM's answer means: TransientError, PermanentError, OutcomeUnknownError */
  remove(module: string, crmId: string, erasureId: string, options: CallOptions): Promise<DeletedRecord>
}

/** An object that a write ended in. */
export interface WrittenObject {
  readonly module: string
  readonly objectId: string
  readonly crmId: string
}

export function createRecordDeleter(provider: CrmProvider, ledger: EffectLedger): RecordDeleter {
  return {
    async recordsOf(module, leadId) {
      const effects = await settledEffects(ledger, ['record', provider.name, module, leadId, ''].join(':'), leadId)
      return [...new Set(effects.map(({ crmId }) => crmId))]
    },

    async objectsOf(leadId) {
      const prefix = objectEffectPrefix(provider.name, leadId)
      const effects = await settledEffects(ledger, prefix, leadId)
      const objects = effects.flatMap(({ key, crmId }): WrittenObject[] => {
        const [module, objectId] = key.slice(prefix.length).split(':')
        return module === undefined || objectId === undefined ? [] : [{ module, objectId, crmId }]
      })
      return [...new Map(objects.map((one) => [`${one.module} ${one.crmId}`, one])).values()]
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

/** What the lead's effects made or changed. @throws TransientError CRM_SYNC_WRITES_UNDER_WAY */
async function settledEffects(
  ledger: EffectLedger,
  prefix: string,
  leadId: string
): Promise<readonly { key: string; crmId: string }[]> {
  const effects = await ledger.begunWith(prefix)
  const open = effects.filter(({ state }) => state === 'intent' || state === 'unknown' || state === 'parked')
  if (open.length > 0) {
    throw new TransientError(
      'CRM_SYNC_WRITES_UNDER_WAY',
      `A write of lead ${leadId} may still make a record (effect ${open[0]?.key ?? ''}). When it stays so, look in the CRM and settle the effect`
    )
  }
  return effects.flatMap(({ key, response }) => {
    const crmId = (response as { crmId?: unknown } | null)?.crmId
    return typeof crmId === 'string' ? [{ key, crmId }] : []
  })
}
