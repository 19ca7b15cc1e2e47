import { useQuery } from '@tanstack/react-query'
import { Users } from 'lucide-react'
import { plainRead } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { PageHead, ScrollingPage, Section } from '../../design/page.tsx'
import { Empty, Loaded } from '../../design/states.tsx'
import { counted } from '../../words/format.ts'
import { ROLES } from '../../words/people.ts'
import { InviteForm } from './invite-form.tsx'
import { PersonRow } from './person-row.tsx'

/** Who may sign in, and as what. */
export default function People() {
  const me = useMe()
  const users = useQuery(plainRead('/v1/users'))
  return (
    <ScrollingPage name="People">
      <PageHead title="People" actions={<InviteForm />}>
        Who may sign in, and as what.
      </PageHead>
      <Loaded read={users}>
        {({ data }) => (
          <Section title={counted(data.length, 'person', 'people')}>
            {data.length === 0 ? (
              <div className="panel">
                <Empty title="Nobody may sign in yet" icon={Users}>
                  Invite the first person as an admin, or name them in ACCESS_USERS and start the gateway again.
                </Empty>
              </div>
            ) : (
              <ul className="panel divide-y divide-separator">
                {data.map((user) => (
                  <PersonRow key={user.id} user={user} self={user.id === me.user?.id} />
                ))}
              </ul>
            )}
          </Section>
        )}
      </Loaded>
      <Section title="What the roles may">
        <dl className="panel grid gap-x-4 gap-y-2 p-4 sm:grid-cols-[6rem_1fr]">
          {ROLES.map(({ value, word, means }) => (
            <div key={value} className="contents">
              <dt className="font-medium">{word}</dt>
              <dd className="text-muted">{means}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </ScrollingPage>
  )
}
