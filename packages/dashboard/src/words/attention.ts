import { counted } from './format.ts'

/** What `/v1/overview` counts of things that need a person. */
export interface Attention {
  readonly deadLetters: number
  readonly deadLetterGroups: number
  readonly refusedWrites: number
  readonly unknownWrites: number
  readonly stuck: number
  readonly parkedPayments: number
  readonly parkedRows: number
}

/** One thing to do, with the way to its rows. */
export interface Task {
  readonly key: keyof Attention
  readonly count: number
  readonly words: string
  readonly why: string
  readonly to: '/dead-letters' | '/leads' | '/inbox' | '/health' | '/events' | '/payments'
  readonly search: Readonly<Record<string, string>>
}

/** What needs a person, the most urgent first; empty on a good day. */
export function tasksOf(attention: Attention): Task[] {
  const kinds = counted(attention.deadLetterGroups, 'kind of failure', 'kinds of failure')
  const tasks: Task[] = [
    {
      key: 'deadLetters',
      count: attention.deadLetters,
      words: counted(attention.deadLetters, 'dead letter'),
      why: `${kinds} that a handler gave up on. Try again or discard.`,
      to: '/dead-letters',
      search: {}
    },
    {
      key: 'parkedPayments',
      count: attention.parkedPayments,
      words: `${counted(attention.parkedPayments, 'payment')} parked`,
      why: 'Money came in that fits no invoice. Accept or reject it.',
      to: '/payments',
      search: { state: 'parked' }
    },
    {
      key: 'refusedWrites',
      count: attention.refusedWrites,
      words: `${counted(attention.refusedWrites, 'lead')} refused by the CRM`,
      why: 'The CRM does not take a value. Correct it or the mapping.',
      to: '/leads',
      search: { crmState: 'refused' }
    },
    {
      key: 'stuck',
      count: attention.stuck,
      words: `${counted(attention.stuck, 'event')} under way for long`,
      why: 'Received more than 15 minutes ago and not done.',
      to: '/inbox',
      search: { status: 'queued,processing', sort: 'receivedAt' }
    },
    {
      key: 'unknownWrites',
      count: attention.unknownWrites,
      words: `${counted(attention.unknownWrites, 'write')} without an answer`,
      why: 'The CRM did not say whether it took them. They are being looked up.',
      to: '/leads',
      search: { crmState: 'unknown' }
    },
    {
      key: 'parkedRows',
      count: attention.parkedRows,
      words: `${counted(attention.parkedRows, 'row')} parked`,
      why: 'An event could not be applied to a read model.',
      to: '/health',
      search: {}
    }
  ]
  return tasks.filter(({ count }) => count > 0)
}
