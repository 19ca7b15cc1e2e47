import { Button } from '@heroui/react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { toast } from 'sonner'
import type { RowOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { sendCommand } from '../../api/send-command.ts'
import { useMe } from '../../api/session.ts'
import { ConfirmButton } from '../../design/confirm-button.tsx'
import { Field, Refusal } from '../../design/field.tsx'
import { Status } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { counted } from '../../words/format.ts'
import { scopeWords, whyDisconnected, zoomOutcome } from '../../words/zoom.ts'

type ZoomConnection = RowOf<'/v1/zoom-connections'>

const route = getRouteApi('/app/settings/integrations')

/** Whose Zoom Leadlog acts in, and who let it until when. */
export function ZoomHosts({ canConnect }: { canConnect: boolean }) {
  const found = useQuery(plainRead('/v1/zoom-connections'))
  const { zoom: outcome } = route.useSearch()
  const hosts = found.data?.data ?? []
  const lostFirst = [...hosts].sort((a, b) => Number(b.state === 'lost') - Number(a.state === 'lost'))
  return (
    <section aria-label="Hosts" className="flex flex-col gap-3 border-t border-separator pt-3">
      <h3 className="text-xs font-semibold text-muted">Hosts</h3>
      {outcome === undefined ? null : <Outcome word={outcome} />}
      {found.isError ? <Refusal>{found.error.message}</Refusal> : null}
      {found.data !== undefined && hosts.length === 0 ? (
        <p className="text-muted">Nobody is connected as themselves.</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {lostFirst.map((host) => (
            <Host key={host.id} host={host} canConnect={canConnect} />
          ))}
        </ul>
      )}
      {canConnect ? <ConnectHost known={hosts} /> : null}
    </section>
  )
}

function Outcome({ word }: { word: string }) {
  const { good, words } = zoomOutcome(word)
  return (
    <p
      role={good ? 'status' : 'alert'}
      className={`rounded-lg px-3 py-2 ${good ? 'bg-tone-success-soft text-tone-success' : 'bg-tone-danger-soft text-tone-danger'}`}
    >
      {words}
    </p>
  )
}

function Host({ host, canConnect }: { host: ZoomConnection; canConnect: boolean }) {
  const { email, state, connectedAt, endedAt, scopes } = host
  const why = whyDisconnected(host)
  return (
    <li data-host={email} className="flex flex-col gap-1.5 rounded-lg border border-border px-3 py-2.5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{email}</span>
        <Status kind="zoomHost" state={state} />
      </div>
      <p className="text-xs text-muted">
        {connectedAt === null ? null : (
          <>
            Connected <Time at={connectedAt} />
          </>
        )}
        {endedAt === null ? null : (
          <>
            , until <Time at={endedAt} />
          </>
        )}
      </p>
      {why === null ? null : <p className={state === 'lost' ? 'text-tone-danger' : 'text-muted'}>{why}</p>}
      {scopes.length === 0 ? null : (
        <details className="text-xs">
          <summary className="cursor-pointer text-muted">
            {state === 'connected' ? 'May do' : 'Might do'} {counted(scopes.length, 'thing')}
          </summary>
          <ul className="mt-1 flex flex-col gap-0.5">
            {scopes.map((scope) => (
              <li key={scope} className="[overflow-wrap:anywhere]">
                {scopeWords(scope)} <span className="font-mono text-muted">{scope}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {!canConnect ? null : state === 'connected' ? <DisconnectHost email={email} /> : <ConnectAgain email={email} />}
    </li>
  )
}

function DisconnectHost({ email }: { email: string }) {
  const queries = useQueryClient()
  const [wish] = useState(() => crypto.randomUUID())
  const disconnect = useMutation({
    mutationFn: () => sendCommand('meetings', 'DisconnectZoom', { email }, wish),
    onSuccess: () => toast(`${email} is disconnected`),
    onError: (error) => toast.error(error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ['/v1/zoom-connections'] })
  })
  return (
    <ConfirmButton
      word="Disconnect"
      question="Leadlog opens no rooms for them any more, and Zoom forgets the permission. Rooms that are open stay."
      sure="Disconnect"
      working={disconnect.isPending}
      onSure={() => disconnect.mutate()}
    />
  )
}

/** Leads the browser to Zoom, where the host agrees; Zoom leads it back here. */
function useConnect() {
  return useMutation({
    mutationFn: async (email: string) => {
      const { result } = await sendCommand('meetings', 'ConnectZoom', { email }, crypto.randomUUID())
      location.assign(String(result?.['url']))
    }
  })
}

function ConnectAgain({ email }: { email: string }) {
  const connect = useConnect()
  return (
    <div className="flex flex-col gap-1.5">
      <div>
        <Button size="sm" variant="secondary" isDisabled={connect.isPending} onPress={() => connect.mutate(email)}>
          {connect.isPending ? 'To Zoom' : 'Connect again'}
        </Button>
      </div>
      <Refusal>{connect.isError ? connect.error.message : null}</Refusal>
    </div>
  )
}

function ConnectHost({ known }: { known: readonly ZoomConnection[] }) {
  const own = useMe().user?.email ?? ''
  const [email, setEmail] = useState(known.some((host) => host.email === own) ? '' : own)
  const [missing, setMissing] = useState<string | null>(null)
  const connect = useConnect()
  return (
    <form
      aria-label="Connect a host with Zoom"
      className="flex flex-col gap-2"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!/^[^@\s]+@[^@\s]+$/.test(email.trim())) return setMissing('Enter the address that the host has at Zoom.')
        setMissing(null)
        connect.mutate(email.trim())
      }}
    >
      <Field
        label="Connect a host"
        type="email"
        value={email}
        maxLength={254}
        placeholder="name@company.com"
        aria-invalid={missing !== null}
        help="Their address at Zoom. The host agrees there, signed in as themselves."
        onChange={(event) => setEmail(event.target.value)}
      />
      <Refusal>{missing ?? (connect.isError ? connect.error.message : null)}</Refusal>
      <div>
        <Button size="sm" type="submit" variant="primary" isDisabled={connect.isPending}>
          {connect.isPending ? 'To Zoom' : 'Connect with Zoom'}
        </Button>
      </div>
    </form>
  )
}
