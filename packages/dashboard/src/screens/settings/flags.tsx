import { Button } from '@heroui/react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import type { RowOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { write } from '../../api/write.ts'
import { PageHead, ScrollingPage } from '../../design/page.tsx'
import { Loaded } from '../../design/states.tsx'
import { Status } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { may } from '../../words/access.ts'
import { flagWords, switcherWord } from '../../words/flags.ts'
import { namesOf, type Names } from '../../words/people.ts'
import { ReasonForm } from './field-mapping/reason-form.tsx'

type Flag = RowOf<'/v1/flags'>

/** What can be switched off while everything runs: how it stands, who switched it and why. */
export default function Flags() {
  const isAdmin = may(useMe(), 'admin')
  const flags = useQuery(plainRead('/v1/flags'))
  const users = useQuery({ ...plainRead('/v1/users'), enabled: isAdmin })
  const names = isAdmin ? namesOf(users.data?.data ?? []) : null
  return (
    <ScrollingPage name="Flags">
      <PageHead title="Flags">
        What can be switched off while everything runs. A switch holds within a second; nothing that comes meanwhile is
        lost.
      </PageHead>
      <Loaded read={flags}>
        {({ data }) => (
          <ul className="grid gap-3 lg:grid-cols-2">
            {data.map((flag) => (
              <FlagCard key={flag.flag} flag={flag} names={names} maySwitch={isAdmin} />
            ))}
          </ul>
        )}
      </Loaded>
      {isAdmin ? null : <p className="text-muted">An admin can switch them.</p>}
    </ScrollingPage>
  )
}

function FlagCard({ flag, names, maySwitch }: { flag: Flag; names: Names | null; maySwitch: boolean }) {
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { name, on, off, concerned } = flagWords(flag)
  const word = flag.on ? 'Switch off' : 'Switch on'
  const switching = useMutation({
    mutationFn: (reason: string) =>
      write('PATCH', `/v1/flags/${encodeURIComponent(flag.flag)}`, { on: !flag.on, reason }),
    onSuccess: () => toast(`${name} is switched ${flag.on ? 'off' : 'on'}`),
    onError: (error) => toast.error(error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ['/v1/flags'] })
  })
  return (
    <li className="panel flex flex-col gap-3 p-4" data-flag={flag.flag}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">{name}</h2>
        <Status kind="flag" state={flag.on ? 'on' : 'off'} />
      </div>
      <p className="text-muted">{flag.on ? on : off}</p>
      {flag.on ? null : <p className="font-medium">{concerned(flag.concerned)}</p>}
      {flag.since === null || flag.by === null ? null : (
        <p className="[overflow-wrap:anywhere]">
          “{flag.reason}”
          <span className="block text-xs text-muted">
            Switched {flag.on ? 'on' : 'off'} by {switcherWord(flag.by, names)}, <Time at={flag.since} />
          </span>
        </p>
      )}
      {!maySwitch ? null : asking ? (
        <div className="flex flex-col gap-2">
          {flag.on ? <p>{off}</p> : null}
          <ReasonForm
            label={`Why is it switched ${flag.on ? 'off' : 'on'}?`}
            word={word}
            working={switching.isPending}
            onReason={(reason) => {
              setAsking(false)
              switching.mutate(reason)
            }}
            onCancel={() => setAsking(false)}
          />
        </div>
      ) : (
        <div>
          <Button
            size="sm"
            variant="secondary"
            aria-label={`${word}: ${name}`}
            isDisabled={switching.isPending}
            onPress={() => setAsking(true)}
          >
            {word}
          </Button>
        </div>
      )}
    </li>
  )
}
