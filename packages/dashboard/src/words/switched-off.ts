import { counted } from './format.ts'

/** What `/v1/overview` counts of things that were left out on purpose. */
export interface Off {
  readonly dryRunWrites: number
  readonly readByRules: number
}

/** One thing that is off, with the way to what it concerned. */
export interface SwitchedOff {
  readonly key: keyof Off
  readonly words: string
  readonly why: string
  /** Type of the events that tell of it. */
  readonly type: string
}

/** What is switched off, as far as the last day shows; empty where everything is on. */
export function switchedOff(off: Off): SwitchedOff[] {
  const all: SwitchedOff[] = [
    {
      key: 'dryRunWrites',
      words: 'Writing to the CRM: dry run',
      why: `${counted(off.dryRunWrites, 'write')} kept from the CRM in 24 hours, because DRY_RUN is on.`,
      type: 'crm-sync.WriteSimulated.v1'
    },
    {
      key: 'readByRules',
      words: 'Language model: rules read instead',
      why: `${counted(off.readByRules, 'reading')} in 24 hours without a model, because none is set or it did not answer.`,
      type: 'enrichment.LeadIntelExtracted.v1'
    }
  ]
  return all.filter(({ key }) => off[key] > 0)
}
