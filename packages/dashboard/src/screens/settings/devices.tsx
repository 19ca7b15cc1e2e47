import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { plainRead } from '../../api/queries.ts'
import { findSession, signOut } from '../../api/session.ts'
import { write } from '../../api/write.ts'
import { Section } from '../../design/page.tsx'
import { Loaded } from '../../design/states.tsx'
import { Time } from '../../design/time.tsx'
import { ConfirmButton } from '../../design/confirm-button.tsx'

/** Where one is signed in: each browser can be signed out, or all at once. */
export function Devices() {
  const queries = useQueryClient()
  const sessions = useQuery(plainRead('/v1/me/sessions'))
  const end = useMutation({
    mutationFn: (id: string) => write('DELETE', `/v1/me/sessions/${encodeURIComponent(id)}`),
    onSuccess: () => toast('That browser is signed out'),
    onError: (error) => toast.error(error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ['/v1/me/sessions'] })
  })
  const leave = useMutation({ mutationFn: signOut, onError: (error) => toast.error(error.message) })
  const endAll = useMutation({
    mutationFn: () => write('DELETE', '/v1/me/sessions'),
    onSuccess: findSession,
    onError: (error) => toast.error(error.message)
  })
  return (
    <Section
      title="Devices"
      aside={
        <ConfirmButton
          word="Sign out everywhere"
          question="End every session, this one too?"
          sure="Sign out everywhere"
          working={endAll.isPending}
          onSure={() => endAll.mutate()}
        />
      }
    >
      <Loaded read={sessions}>
        {({ data }) => (
          <ul className="panel divide-y divide-separator">
            {data.map(({ id, device, address, startedAt, lastSeenAt, current }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
                <div className="min-w-0">
                  <p className="font-medium">
                    {device}
                    {current ? <span className="ml-2 text-xs font-normal text-tone-success">this browser</span> : null}
                  </p>
                  <p className="text-xs text-muted">
                    {address}, last used <Time at={lastSeenAt} />, signed in <Time at={startedAt} />
                  </p>
                </div>
                <ConfirmButton
                  word="Sign out"
                  question={current ? 'Sign out here?' : `Sign out ${device}?`}
                  sure="Sign out"
                  working={end.isPending || leave.isPending}
                  onSure={() => (current ? leave.mutate() : end.mutate(id))}
                />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}
