import { Button } from '@heroui/react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  CalendarDays,
  CircleDot,
  FileSearch,
  Flag,
  MessageSquare,
  Phone,
  ReceiptText,
  StickyNote,
  Upload,
  UserRound,
  type LucideIcon
} from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { AnswerOf, QueryOf } from '../../api/client.ts'
import { Empty, Loaded } from '../../design/states.tsx'
import { Time } from '../../design/time.tsx'
import { EventLink } from '../../detail/event-link.tsx'
import { nameOf } from '../../words/names.ts'
import { collapsed, textWithDates } from '../../words/timeline.ts'
import { timelineRead } from './timeline-read.ts'

type Entry = AnswerOf<'/v1/leads/{id}/timeline'>['data'][number]
type Kind = NonNullable<QueryOf<'/v1/leads/{id}/timeline'>['kind']>

const KINDS: readonly { readonly kind: Kind | undefined; readonly word: string }[] = [
  { kind: undefined, word: 'Everything' },
  { kind: 'meeting', word: 'Meetings' },
  { kind: 'call', word: 'Calls' },
  { kind: 'sms', word: 'Messages' },
  { kind: 'invoice', word: 'Invoices' },
  { kind: 'status', word: 'Status' },
  { kind: 'extraction', word: 'Readings' },
  { kind: 'crm-write', word: 'CRM writes' },
  { kind: 'note', word: 'Notes' }
]

const ICONS: Readonly<Record<string, LucideIcon>> = {
  lead: UserRound,
  meeting: CalendarDays,
  call: Phone,
  sms: MessageSquare,
  invoice: ReceiptText,
  status: Flag,
  extraction: FileSearch,
  enrichment: FileSearch,
  'crm-write': Upload,
  note: StickyNote
}

const PAGE_ROWS = 100

/** Everything that happened to the lead, newest first, repeated entries as one. */
export function Timeline({ leadId }: { leadId: string }) {
  const [kind, setKind] = useState<Kind | undefined>()
  const found = useInfiniteQuery(timelineRead(leadId, kind === undefined ? {} : { kind }, PAGE_ROWS))
  const entries = collapsed(found.data?.pages.flatMap(({ data }) => data) ?? [])
  return (
    <div className="flex flex-col gap-4">
      <div role="group" aria-label="Kind of entry" className="flex flex-wrap gap-1">
        {KINDS.map(({ kind: own, word }) => (
          <button
            key={word}
            type="button"
            aria-pressed={kind === own}
            onClick={() => setKind(own)}
            className="h-7 rounded-full px-3 text-muted hover:bg-default aria-pressed:bg-default aria-pressed:font-medium aria-pressed:text-foreground"
          >
            {word}
          </button>
        ))}
      </div>
      <Loaded read={found}>
        {() =>
          entries.length === 0 ? (
            <Empty title="Nothing of this kind" />
          ) : (
            <ol className="relative flex flex-col before:absolute before:top-3 before:bottom-3 before:left-[13px] before:w-px before:bg-border">
              {entries.map((entry) => (
                <Row key={entry.first.eventId} entry={entry.first} count={entry.count} />
              ))}
            </ol>
          )
        }
      </Loaded>
      {found.hasNextPage ? (
        <Button size="sm" variant="secondary" className="self-center" onPress={() => void found.fetchNextPage()}>
          Show earlier entries
        </Button>
      ) : null}
    </div>
  )
}

/** What the entry is about where that has a screen, else the event. */
function TitleLink({ entry, children }: { entry: Entry; children: ReactNode }) {
  const look = 'font-medium hover:underline'
  if (entry.callId !== null) {
    return (
      <Link to="/calls/$id" params={{ id: entry.callId }} className={look}>
        {children}
      </Link>
    )
  }
  if (entry.paymentId !== null) {
    return (
      <Link to="/payments/$id" params={{ id: entry.paymentId }} className={look}>
        {children}
      </Link>
    )
  }
  if (entry.invoiceId !== null) {
    return (
      <Link to="/invoices/$id" params={{ id: entry.invoiceId }} className={look}>
        {children}
      </Link>
    )
  }
  return (
    <EventLink id={entry.eventId} className={look} otherwise={<span className="font-medium">{children}</span>}>
      {children}
    </EventLink>
  )
}

/** Longer details are folded. */
const FOLD_FROM = 160

function Row({ entry, count }: { entry: Entry; count: number }) {
  const Icon = ICONS[entry.kind] ?? CircleDot
  const detail = entry.detail === null ? null : textWithDates(entry.detail)
  const title = (
    <>
      {textWithDates(entry.title)}
      {count > 1 ? <span className="ml-1.5 text-xs text-muted">×{count}</span> : null}
    </>
  )
  return (
    <li className="relative flex gap-3 py-2">
      <span className="z-10 grid size-7 shrink-0 place-items-center rounded-full border border-border bg-surface text-muted">
        <Icon aria-hidden size={13} />
      </span>
      <div className="min-w-0 flex-1 pt-0.5">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <TitleLink entry={entry}>{title}</TitleLink>
          <span className="text-xs text-muted">
            {nameOf(entry.source)}, <Time at={entry.at} />
          </span>
        </p>
        {detail === null ? null : detail.length <= FOLD_FROM ? (
          <p className="[overflow-wrap:anywhere] whitespace-pre-line text-muted">{detail}</p>
        ) : (
          <details className="text-muted">
            <summary className="cursor-pointer truncate hover:text-foreground">
              {detail.slice(0, FOLD_FROM).replace(/\s+/g, ' ')}…
            </summary>
            <p className="mt-1 [overflow-wrap:anywhere] whitespace-pre-line">{detail}</p>
          </details>
        )}
      </div>
    </li>
  )
}
