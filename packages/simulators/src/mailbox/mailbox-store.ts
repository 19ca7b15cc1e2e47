import type { JsonObject } from '../json.ts'
import { createKeptList } from '../kept-list.ts'
import type { KeptList } from '../kept-list.ts'
import type { StateLog } from '../state-log.ts'

/** A mail that somebody would have got. */
export interface ReceivedMail extends JsonObject {
  number: number
  at: string
  from: string
  to: string[]
  subject: string
  text: string
  html: string
  /** What calendars take from it (text/calendar); empty where it has none. */
  calendar: string
}

/** The mail of everybody: no mail that is handed to the simulators ever leaves them. */
export interface MailboxStore extends Omit<KeptList<ReceivedMail>, 'add' | 'list'> {
  add(mail: Omit<ReceivedMail, 'number'>): void
  /** The newest last; of one receiver where an address is given, in any case. */
  list(to?: string): ReceivedMail[]
}

const KEPT_MAILS = 1000

export const createMailboxStore = (log: StateLog): MailboxStore => {
  const mails = createKeptList<ReceivedMail>(log, { kind: 'mailbox.mail', most: KEPT_MAILS })
  return {
    ...mails,
    add: (mail) => mails.add({ ...mail, number: (mails.list().at(-1)?.number ?? 0) + 1 } as ReceivedMail),
    list: (to) => {
      const receiver = to?.toLowerCase()
      return receiver === undefined ? mails.list() : mails.list().filter((mail) => mail.to.includes(receiver))
    }
  }
}
