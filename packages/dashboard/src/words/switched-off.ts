import { flagWords, switcherWord, type Flag } from './flags.ts'
import { counted } from './format.ts'

/** What `/v1/overview` tells of things that were left out on purpose. */
export interface Off {
  readonly flags: readonly Flag[]
  readonly dryRunWrites: number
  readonly readByRules: number
}

/** One thing that is off, with the way to what it concerned or to where it is switched. */
export interface SwitchedOff {
  readonly key: string
  readonly words: string
  readonly why: string
  /** When somebody switched it off; null where it is so by the configuration. */
  readonly since: string | null
  /** Who did, within a sentence; null where it is so by the configuration. */
  readonly by: string | null
  readonly to: '/events' | '/settings/flags'
  /** Type of the events that tell of it; null where it is switched in the settings. */
  readonly type: string | null
}

/** What is switched off, as far as the flags and the last day show; empty where everything is on. */
export function switchedOff({ flags, dryRunWrites, readByRules }: Off): SwitchedOff[] {
  const byFlag = flags.map((flag): SwitchedOff => {
    const { name, concerned } = flagWords(flag)
    return {
      key: flag.flag,
      words: `${name}: switched off`,
      why: `“${flag.reason ?? ''}” ${concerned(flag.concerned)}`.trim(),
      since: flag.since,
      by: flag.by === null ? null : switcherWord(flag.by, null),
      to: '/settings/flags',
      type: null
    }
  })
  const modelIsOff = flags.some(({ flag }) => flag === 'language-model')
  const byConfiguration: (SwitchedOff & { readonly count: number })[] = [
    {
      key: 'dryRunWrites',
      count: dryRunWrites,
      words: 'Writing to the CRM: dry run',
      why: `${counted(dryRunWrites, 'write')} kept from the CRM in 24 hours, because DRY_RUN is on.`,
      since: null,
      by: null,
      to: '/events',
      type: 'crm-sync.WriteSimulated.v1'
    },
    {
      key: 'readByRules',
      // The flag tells of them then.
      count: modelIsOff ? 0 : readByRules,
      words: 'Language model: rules read instead',
      why: `${counted(readByRules, 'reading')} in 24 hours without a model, because none is set or it did not answer.`,
      since: null,
      by: null,
      to: '/events',
      type: 'enrichment.LeadIntelExtracted.v1'
    }
  ]
  return [...byFlag, ...byConfiguration.flatMap(({ count, ...off }) => (count > 0 ? [off] : []))]
}
