import { Button } from '@heroui/react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import type { RowOf } from '../../api/client.ts'
import { write } from '../../api/write.ts'
import { Status } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { ROLES, roleWord } from '../../words/people.ts'
import { Question } from '../../design/confirm-button.tsx'

type User = RowOf<'/v1/users'>

/** Something that an admin may do about somebody: what it asks before, and what it says afterwards. */
interface Act {
  readonly word: string
  readonly question: string
  readonly sure: string
  readonly told: string
  readonly method: 'PATCH' | 'DELETE'
  /** Below the person's address. */
  readonly path: '' | '/sessions' | '/second-factor'
  readonly body?: object
}

/** Somebody who may sign in, and what an admin can change about it. Nobody changes themselves. */
export function PersonRow({ user, self }: { user: User; self: boolean }) {
  const queries = useQueryClient()
  const called = user.name ?? user.email
  const [asked, setAsked] = useState<Act | null>(null)
  const doing = useMutation({
    mutationFn: ({ method, path, body }: Act) => write(method, `/v1/users/${encodeURIComponent(user.id)}${path}`, body),
    onSuccess: (_answer, { told }) => toast(told),
    onError: (error) => toast.error(error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ['/v1/users'] })
  })
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
              value={roleOf(asked) ?? user.role}
              disabled={doing.isPending || user.disabled}
              onChange={({ target }) =>
                setAsked(target.value === user.role ? null : newRole(user, called, target.value))
              }
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
      {self ? null : asked === null ? (
        <div className="flex flex-wrap gap-2">
          {actsFor(user, called).map((act) => (
            <Button
              key={act.word}
              size="sm"
              variant="secondary"
              isDisabled={doing.isPending}
              onPress={() => setAsked(act)}
            >
              {act.word}
            </Button>
          ))}
        </div>
      ) : (
        <Question
          question={asked.question}
          sure={asked.sure}
          onSure={() => {
            doing.mutate(asked)
            setAsked(null)
          }}
          onNo={() => setAsked(null)}
        />
      )}
    </li>
  )
}

function newRole(user: User, called: string, role: string): Act {
  const [to, from] = [roleWord(role).toLowerCase(), roleWord(user.role).toLowerCase()]
  return {
    word: '',
    question: `Make ${called} ${to} instead of ${from}? It holds at once.`,
    sure: 'Change the role',
    told: `${called} is ${to} now`,
    method: 'PATCH',
    path: '',
    body: { role }
  }
}

function roleOf(act: Act | null): string | undefined {
  return (act?.body as { role?: string } | undefined)?.role
}

function actsFor(user: User, called: string): Act[] {
  const enabling: Act = {
    word: 'Enable',
    question: `Let ${called} sign in again?`,
    sure: 'Enable',
    told: `${called} may sign in again`,
    method: 'PATCH',
    path: '',
    body: { disabled: false }
  }
  const disabling: Act = {
    word: 'Disable',
    question: `Disable ${called}? They are signed out at once, and get no more links.`,
    sure: 'Disable',
    told: `${called} may not sign in any more`,
    method: 'PATCH',
    path: '',
    body: { disabled: true }
  }
  const signingOut: Act = {
    word: 'Sign out everywhere',
    question: `End every session of ${called}?`,
    sure: 'Sign out',
    told: `${called} is signed out everywhere`,
    method: 'DELETE',
    path: '/sessions'
  }
  const takingAway: Act = {
    word: 'Take second factor away',
    question: `Did ${called} lose their phone? Then the mailed link alone signs them in, until they set it up anew.`,
    sure: 'Take it away',
    told: `${called} signs in without a second factor now`,
    method: 'DELETE',
    path: '/second-factor'
  }
  return [
    user.disabled ? enabling : disabling,
    ...(user.lastSeenAt === null ? [] : [signingOut]),
    ...(user.secondFactor ? [takingAway] : [])
  ]
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
