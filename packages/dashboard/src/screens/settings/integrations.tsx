import { Button } from '@heroui/react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { toast } from 'sonner'
import type { RowOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { sendCommand } from '../../api/send-command.ts'
import { useMe } from '../../api/session.ts'
import { Fact, Facts, PageHead, ScrollingPage } from '../../design/page.tsx'
import { Empty, Loaded } from '../../design/states.tsx'
import { Status } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { may } from '../../words/access.ts'
import { counted, thousands } from '../../words/format.ts'
import { nameOf } from '../../words/names.ts'
import { ConfirmButton } from '../../design/confirm-button.tsx'
import { ZoomHosts } from './zoom-hosts.tsx'

type Integration = RowOf<'/v1/integrations'>

/** Services that call vendors; each is asked how its vendors are set up. */
const SERVICES = ['ingest', 'enrichment', 'crm-sync', 'notifications', 'meetings', 'telephony', 'billing']

/** Every vendor: in use or not and why, whether it answers, and how old its secrets are. */
export default function Integrations() {
  const queries = useQueryClient()
  const mayTest = may(useMe(), 'commands')
  const integrations = useQuery(plainRead('/v1/integrations'))
  const budgets = useQuery(plainRead('/v1/budgets'))
  const seen = () => queries.invalidateQueries({ queryKey: ['/v1/integrations'] })
  const ask = useMutation({
    mutationFn: () =>
      Promise.all(SERVICES.map((service) => sendCommand(service, 'TestIntegrations', {}, crypto.randomUUID()))),
    onError: (error) => toast.error(error.message),
    onSettled: seen
  })
  const test = useMutation({
    mutationFn: ({ service, vendor, posts }: Integration) =>
      sendCommand(service, 'TestIntegrations', { vendor, ...(posts ? { mayPost: true } : {}) }, crypto.randomUUID()),
    onError: (error) => toast.error(error.message),
    onSettled: seen
  })
  const asked = useRef(false)
  const isEmpty = integrations.data?.data.length === 0
  const { mutate: askAll } = ask
  useEffect(() => {
    // Nobody asked yet: the services tell without calling anybody.
    if (isEmpty && mayTest && !asked.current) {
      asked.current = true
      askAll()
    }
  }, [isEmpty, mayTest, askAll])
  return (
    <ScrollingPage name="Integrations">
      <PageHead
        title="Integrations"
        actions={
          mayTest ? (
            <Button size="sm" variant="secondary" isDisabled={ask.isPending} onPress={() => ask.mutate()}>
              {ask.isPending ? 'Asking' : 'Ask again'}
            </Button>
          ) : undefined
        }
      >
        Whom Leadlog calls, whether they answer, and how old the secrets are. Secrets themselves are never shown.
      </PageHead>
      <Loaded read={integrations}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title={ask.isPending ? 'The services are asked' : 'No service has told of its vendors yet'}>
              {mayTest ? 'It takes a moment.' : 'Somebody who may send commands can ask them.'}
            </Empty>
          ) : (
            <ul className="grid gap-3 xl:grid-cols-2">
              {[...data].sort(bySeverity).map((one) => (
                <IntegrationCard
                  key={`${one.service} ${one.vendor}`}
                  integration={one}
                  budget={budgets.data?.data.find(({ vendor }) => vendor === one.vendor)}
                  mayTest={mayTest}
                  working={test.isPending && test.variables.vendor === one.vendor}
                  onTest={() => test.mutate(one)}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </ScrollingPage>
  )
}

const ORDER = ['fails', 'untested', 'answers', 'off']

function bySeverity(a: Integration, b: Integration): number {
  return ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (a.vendor < b.vendor ? -1 : 1)
}

function IntegrationCard(props: {
  integration: Integration
  budget: RowOf<'/v1/budgets'> | undefined
  mayTest: boolean
  working: boolean
  onTest: () => void
}) {
  const { integration, budget, mayTest, working, onTest } = props
  const { vendor, state, because, host, inside, circuit, lastSuccess, lastFailure, secrets, inUse, posts } = integration
  return (
    <li className="panel flex flex-col gap-3 p-4" data-vendor={vendor}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">{nameOf(vendor)}</h2>
        <Status kind="integration" state={state} />
      </div>
      <p className="text-muted">{because}</p>
      {state === 'fails' && lastFailure !== null ? (
        <p className="rounded-lg bg-tone-danger-soft p-3 [overflow-wrap:anywhere] text-tone-danger">
          {lastFailure.words}
          {lastFailure.code === null ? null : <span className="mt-1 block font-mono text-xs">{lastFailure.code}</span>}
        </p>
      ) : null}
      <Facts>
        {host === null ? null : (
          <Fact name="Called at">
            {host}
            {inside ? <span className="text-muted"> (inside, as a simulator)</span> : null}
          </Fact>
        )}
        {lastSuccess === null ? null : (
          <Fact name="Answered">
            <Time at={lastSuccess.at} />: {lastSuccess.words}{' '}
            <span className="text-muted">({String(lastSuccess.millis)} ms)</span>
          </Fact>
        )}
        {state === 'fails' || lastFailure === null ? null : (
          <Fact name="Last failure">
            <Time at={lastFailure.at} />: {lastFailure.words}
          </Fact>
        )}
        {circuit === null || circuit === 'closed' ? null : <Fact name="Circuit breaker">{circuit}</Fact>}
        {budget === undefined ? null : (
          <Fact name="Calls in 24 hours">
            {budget.day.limit === null
              ? thousands(budget.day.used)
              : `${thousands(budget.day.used)} of ${thousands(budget.day.limit)}`}
          </Fact>
        )}
        <Fact name="Secrets">
          <ul className="flex flex-col gap-0.5">
            {secrets.map(({ name, set, ageDays, fingerprints }) => (
              <li key={name} className="[overflow-wrap:anywhere]">
                <span className="font-mono text-xs">{name}</span>{' '}
                <span className="text-muted">
                  {set ? `${counted(ageDays ?? 0, 'day')} old, ${fingerprints.join(' and ')}` : 'not set'}
                </span>
              </li>
            ))}
          </ul>
        </Fact>
      </Facts>
      {vendor === 'zoom' ? <ZoomHosts canConnect={mayTest && inUse} /> : null}
      {!mayTest || !inUse ? null : posts ? (
        <ConfirmButton
          word="Send a test message"
          question="A message that says it is a test goes to the channel. Send it?"
          sure="Send"
          working={working}
          onSure={onTest}
        />
      ) : (
        <div>
          <Button size="sm" variant="secondary" isDisabled={working} onPress={onTest}>
            {working ? 'Calling' : `Test ${nameOf(vendor)}`}
          </Button>
        </div>
      )}
    </li>
  )
}
