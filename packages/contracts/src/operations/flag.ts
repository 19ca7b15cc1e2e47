import { OneOf } from '../scalars.ts'

/** What can be switched while everything runs. All of it is on until somebody switches it off. */
export const FLAGS = ['crm-writes', 'language-model', 'transcription'] as const
export type FlagName = (typeof FLAGS)[number]

export const Flag = OneOf(...FLAGS)

/** What each flag switches, for people and for programs. */
export const FLAG_MEANINGS: Readonly<Record<FlagName, { readonly service: string; readonly off: string }>> = {
  'crm-writes': {
    service: 'crm-sync',
    off: 'nothing is written to the CRM or deleted there; what is to be written waits in order and is written when it is on again'
  },
  'language-model': {
    service: 'enrichment',
    off: 'bookings and transcripts are read by rules; the language model is not called'
  },
  transcription: {
    service: 'enrichment',
    off: 'recordings of calls are not transcribed; those that come meanwhile wait, and are transcribed when it is on again'
  }
}
