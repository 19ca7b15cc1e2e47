import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import type { RowOf } from '../../api/client.ts'
import { write } from '../../api/write.ts'
import { Status } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { ROLES, roleWord } from '../../words/people.ts'
import { ConfirmButton, Question } from './confirm-button.tsx'

type User = RowOf<'/v1/users'>

/** Somebody who may sign in, and what an admin can change about it. Nobody changes themselves. */
export function PersonRow({ user, self }: { user: User; self: boolean }) {
  const queries = useQueryClient()
  const at = `/v1/users/${encodeURIComponent(user.id)}`
  const called = user.name ?? user.email
  const act = useMutation({
    mutationFn: ({ method, path, body }: { method: 'PATCH' | 'DELETE'; path: string; body?: object; told: string }) =>
      write(method, path, body),
    onSuccess: (_answer, { told }) => toast(told),
    onError: (error) => toast.error(error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ['/v1/users'] })
  })
  const [wanted, setWanted] = useState<string | null>(null)
  const change = (body: object, told: string): void => act.mutate({ method: 'PATCH', path: at, body, told })
  return (
    <li className="flex flex-col gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="font-medium">
            {called}
            {self ? <span className="ml-2 text-xs font-normal text-muted">you</span> : null}
          </p>
          <p className="text-xs [overflow-wrap:anywhere] text-muted">
            {user.name === null ? '' : `${user.email}, `}
            <LastSeen user={user} />
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {user.disabled ? <Status kind="user" state="disabled" /> : null}
          <Status kind="secondFactor" state={user.secondFactor ? 'on' : 'off'} />
          {self ? (
            <span className="text-xs font-medium">{roleWord(user.role)}</span>
          ) : (
            <select
              aria-label={`Role of ${called}`}
              value={wanted ?? user.role}
              disabled={act.isPending || user.disabled}
              onChange={({ target }) => setWanted(target.value === user.role ? null : target.value)}
              className="h-8 cursor-pointer rounded-lg border border-[var(--field-border)] bg-surface px-2"
            >
              {ROLES.map(({ value, word }) => (
                <option key={value} value={value}>
                  {word}
                </option>
              ))}
            </select>
          )}
        </div>
      </div>
      {wanted !== null ? (
        <Question
          question={`Make ${called} ${roleWord(wanted).toLowerCase()} instead of ${roleWord(user.role).toLowerCase()}? It holds at once.`}
          sure="Change the role"
          onSure={() => {
            change({ role: wanted }, `${called} is ${roleWord(wanted).toLowerCase()} now`)
            setWanted(null)
          }}
          onNo={() => setWanted(null)}
        />
      ) : self ? null : (
        <div className="flex flex-wrap gap-2">
          {user.disabled ? (
            <ConfirmButton
              word="Enable"
              question={`Let ${called} sign in again?`}
              sure="Enable"
              working={act.isPending}
              onSure={() => change({ disabled: false }, `${called} may sign in again`)}
            />
          ) : (
            <ConfirmButton
              word="Disable"
              question={`Disable ${called}? They are signed out at once, and get no more links.`}
              sure="Disable"
              working={act.isPending}
              onSure={() => change({ disabled: true }, `${called} may not sign in any more`)}
            />
          )}
          {user.lastSeenAt === null ? null : (
            <ConfirmButton
              word="Sign out everywhere"
              question={`End every session of ${called}?`}
              sure="Sign out"
              working={act.isPending}
              onSure={() =>
                act.mutate({ method: 'DELETE', path: `${at}/sessions`, told: `${called} is signed out everywhere` })
              }
            />
          )}
          {user.secondFactor ? (
            <ConfirmButton
              word="Take second factor away"
              question={`Did ${called} lose their phone? Then the mailed link alone signs them in, until they set it up anew.`}
              sure="Take it away"
              working={act.isPending}
              onSure={() =>
                act.mutate({
                  method: 'DELETE',
                  path: `${at}/second-factor`,
                  told: `${called} signs in without a second factor now`
                })
              }
            />
          ) : null}
        </div>
      )}
    </li>
  )
}

function LastSeen({ user }: { user: User }) {
  if (user.lastSeenAt !== null) {
    return (
      <>
        last seen <Time at={user.lastSeenAt} />
      </>
    )
  }
  if (user.lastSignedInAt !== null) {
    return (
      <>
        signed in <Time at={user.lastSignedInAt} />
      </>
    )
  }
  return (
    <>
      invited <Time at={user.invitedAt} />, not signed in yet
    </>
  )
}
