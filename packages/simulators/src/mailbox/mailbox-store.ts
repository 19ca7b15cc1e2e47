import type { StateLog } from '../state-log.ts'
import type { JsonObject } from '../json.ts'

/** A mail that somebody would have got. */
export interface ReceivedMail extends JsonObject {
  number: number
  at: string
  from: string
  to: string[]
  subject: string
  text: string
  html: string
}

/** The mail of everybody: no mail that is handed to the simulators ever leaves them. */
export interface MailboxStore {
  add(mail: Omit<ReceivedMail, 'number'>): void
  /** The newest last; of one receiver where an address is given, in any case. */
  list(to?: string): ReceivedMail[]
  restore(kind: string, value: JsonObject): void
  remembered(): { kind: string; value: JsonObject }[]
  clear(): void
}

const KEPT_MAILS = 1000
const KIND = 'mailbox.mail'

export const createMailboxStore = (log: StateLog): MailboxStore => {
  let mails: ReceivedMail[] = []
  const keep = (mail: ReceivedMail): void => {
    mails.push(mail)
    if (mails.length > KEPT_MAILS * 1.2) mails = mails.slice(-KEPT_MAILS)
  }
  return {
    add: (mail) => {
      const numbered = { ...mail, number: (mails.at(-1)?.number ?? 0) + 1 } as ReceivedMail
      keep(numbered)
      log.append({ kind: KIND, value: numbered })
    },
    list: (to) => {
      const receiver = to?.toLowerCase()
      return receiver === undefined ? mails : mails.filter((mail) => mail.to.includes(receiver))
    },
    restore: (kind, value) => {
      if (kind === KIND) keep(value as ReceivedMail)
    },
    remembered: () => mails.map((value) => ({ kind: KIND, value })),
    clear: () => {
      mails = []
    }
  }
}
