import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Building2, Clock, Mail, Phone } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AnswerOf } from '../../api/client.ts'
import { readOfOne } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { BackLink } from '../../design/back-link.tsx'
import { Id } from '../../design/id.tsx'
import { Loaded } from '../../design/states.tsx'
import { Status } from '../../design/status.tsx'
import { TabPanels } from '../../design/tab-panels.tsx'
import { Time } from '../../design/time.tsx'
import { useMayOpen } from '../../shell/allowed-screens.ts'
import { seesOwnOnly } from '../../words/access.ts'
import { appointment } from '../../words/format.ts'
import { nameOf } from '../../words/names.ts'
import { CallLead } from './call-lead.tsx'
import { CrmWrites } from './crm-writes.tsx'
import { Compare } from './compare.tsx'
import { LeadDials, useLeadDials } from './lead-dials.tsx'
import { LeadFacts } from './lead-facts.tsx'
import { LeadMeetings } from './lead-meetings.tsx'
import { ScheduleWithLead } from './schedule-with-lead.tsx'
import { Timeline } from './timeline.tsx'

export type LeadAnswer = AnswerOf<'/v1/leads/{id}'>

const route = getRouteApi('/app/leads/$id')

/** One lead: who it is, what is known and from where, and everything that happened. */
export default function LeadPage() {
  const { id } = route.useParams()
  const found = useQuery(readOfOne('/v1/leads/{id}', id))
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-6xl flex-col gap-6 p-4 lg:p-6">
        <BackLink to="/leads">{seesOwnOnly(useMe()) ? 'Your leads' : 'Leads'}</BackLink>
        <Loaded read={found}>{(lead) => <Body key={id} lead={lead} />}</Loaded>
      </div>
    </div>
  )
}

function Body({ lead }: { lead: LeadAnswer }) {
  const { tab = 'facts' } = route.useSearch()
  const mayOpen = useMayOpen()
  const navigate = route.useNavigate()
  const dials = useLeadDials(lead.id)
  return (
    <>
      <Head lead={lead} />
      {lead.crm.error === null ? null : (
        <div role="alert" className="rounded-lg bg-tone-danger-soft p-3 text-tone-danger [overflow-wrap:anywhere]">
          <p className="font-medium">The CRM refused the last write</p>
          <p>{lead.crm.error}</p>
        </div>
      )}
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_19rem]">
        <TabPanels
          label="About this lead"
          selected={tab}
          onSelect={(chosen) => void navigate({ search: { tab: chosen }, replace: true })}
          tabs={[
            { id: 'facts', word: 'Facts', panel: <LeadFacts fields={lead.fields} /> },
            { id: 'timeline', word: 'Timeline', panel: <Timeline leadId={lead.id} /> },
            { id: 'crm', word: 'CRM writes', panel: <CrmWrites leadId={lead.id} /> },
            { id: 'compare', word: 'Then and now', panel: <Compare leadId={lead.id} /> }
          ]}
        />
        <aside aria-label="In short" className="grid gap-4 sm:max-xl:-order-1 sm:grid-cols-2 xl:grid-cols-1">
          <Side title="CRM">
            <p className="flex items-center justify-between gap-2">
              <span>{lead.crm.provider === null ? 'No record yet' : nameOf(lead.crm.provider)}</span>
              <Status kind="crm" state={lead.crm.state} />
            </p>
            {lead.crm.id === null ? null : (
              <p className="mt-1 text-xs text-muted">
                {lead.crm.module} <Id id={lead.crm.id} label="CRM record" />
              </p>
            )}
            {lead.crm.syncedAt === null ? null : (
              <p className="mt-1 text-xs text-muted">
                Last written <Time at={lead.crm.syncedAt} />
                {lead.crm.waitingWrites === 0 ? '' : `, ${String(lead.crm.waitingWrites)} waiting`}
              </p>
            )}
          </Side>
          <Side title="Meetings">
            <LeadMeetings leadId={lead.id} />
            <ScheduleWithLead customer={{ email: lead.email, name: lead.name }} />
          </Side>
          <Side title="Billing">
            <p>
              <Link to="/invoices" search={{ leadId: lead.id }} className="text-link hover:underline">
                Their invoices
              </Link>
            </p>
            {mayOpen('/invoices/new') ? (
              <p className="mt-1 text-xs">
                <Link to="/invoices/new" search={{ leadId: lead.id }} className="text-link hover:underline">
                  Write an invoice for them
                </Link>
              </p>
            ) : null}
          </Side>
          <Side title="Origin">
            <p>{lead.origin === null ? 'Not known' : nameOf(lead.origin)}</p>
            <p className="mt-1 text-xs text-muted">
              A lead since <Time at={lead.capturedAt} />
            </p>
            <p className="mt-1 text-xs">
              <Link to="/spend/entries" search={{ leadId: lead.id }} className="text-link hover:underline">
                What they cost this month
              </Link>
            </p>
            {mayOpen('/inbox') ? (
              <p className="mt-1 text-xs">
                <Link to="/inbox" search={{ leadId: lead.id }} className="text-link hover:underline">
                  What was received about them
                </Link>
              </p>
            ) : null}
          </Side>
          {dials.length === 0 ? null : (
            <Side title="Calls asked for" wide>
              <LeadDials dials={dials} />
            </Side>
          )}
        </aside>
      </div>
    </>
  )
}

function Head({ lead }: { lead: LeadAnswer }) {
  return (
    <header className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-2xl font-semibold tracking-tight">{lead.name ?? lead.email}</h1>
        <Status kind="lead" state={lead.status} />
        {lead.phone === null ? null : <CallLead leadId={lead.id} name={lead.name ?? lead.email} phone={lead.phone} />}
      </div>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-muted">
        {lead.company === null && lead.title === null ? null : (
          <Detail icon={<Building2 aria-hidden size={14} />}>
            {[lead.title, lead.company].filter((part) => part !== null).join(', ')}
          </Detail>
        )}
        <Detail icon={<Mail aria-hidden size={14} />}>
          <a href={`mailto:${lead.email}`} className="hover:text-foreground hover:underline">
            {lead.email}
          </a>
        </Detail>
        {lead.phone === null ? null : (
          <Detail icon={<Phone aria-hidden size={14} />}>
            <a href={`tel:${lead.phone}`} className="hover:text-foreground hover:underline">
              {lead.phone}
            </a>
          </Detail>
        )}
        {lead.demo === null ? null : (
          <Detail icon={<Clock aria-hidden size={14} />}>
            Demo {appointment(lead.demo.startsAt)}, says the {lead.demo.source}
          </Detail>
        )}
      </ul>
    </header>
  )
}

function Detail({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="inline-flex min-w-0 items-center gap-1.5">
      {icon}
      <span className="min-w-0 break-words">{children}</span>
    </li>
  )
}

/** @param wide a row of its own where the others stand side by side */
function Side({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <section className={`panel p-4 ${wide ? 'sm:max-xl:col-span-full' : ''}`}>
      <h2 className="mb-2 text-xs font-semibold text-muted">{title}</h2>
      {children}
    </section>
  )
}
