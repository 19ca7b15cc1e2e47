import type { OptWord } from '@leadlog/contracts'

/**
 * Twilio's words, each as the whole message, in any case. Toll-free numbers do not know YES.
 * https://help.twilio.com/articles/223134027
 */
const STOP: ReadonlySet<string> = new Set([
  'STOP',
  'STOPALL',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  'REVOKE',
  'OPTOUT'
])
const START: ReadonlySet<string> = new Set(['START', 'YES', 'UNSTOP'])
const HELP: ReadonlySet<string> = new Set(['HELP', 'INFO'])

const TOLL_FREE = /^\+1(?:800|833|844|855|866|877|888)/
const OPT_OUT_TYPES: Readonly<Record<string, OptWord>> = { STOP: 'stop', START: 'start', HELP: 'help' }

/**
 * What a message asks for. Where Twilio says it itself (`OptOutType`, with Advanced Opt-Out, whose words are the
 * customer's own), that counts.
 */
export function optWordOf(text: string, ours: string, optOutType?: string): OptWord | null {
  const told = OPT_OUT_TYPES[optOutType?.toUpperCase() ?? '']
  if (told !== undefined) return told
  const word = text.trim().toUpperCase()
  if (STOP.has(word)) return 'stop'
  if (START.has(word) && !(word === 'YES' && TOLL_FREE.test(ours))) return 'start'
  return HELP.has(word) ? 'help' : null
}

/**
 * Whether Twilio answers such a word itself: for its long and toll-free numbers always, for short codes with Advanced
 * Opt-Out only.
 */
export function answersItself(ours: string, optOutType?: string): boolean {
  return OPT_OUT_TYPES[optOutType?.toUpperCase() ?? ''] !== undefined || !/^\d{3,8}$/.test(ours)
}

/** Said where Twilio says nothing. */
export const ownAnswers: Readonly<Record<OptWord, string>> = {
  stop: 'You will get no more messages from this number. Reply START to get them again.',
  start: 'You will get messages from this number again. Reply HELP for help or STOP to get no more.',
  help: 'A person reads what you write here. Reply STOP to get no more messages.'
}
