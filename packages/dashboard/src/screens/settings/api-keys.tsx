import { Button } from '@heroui/react'
import { useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { plainRead } from '../../api/queries.ts'
import { PageHead, ScrollingPage } from '../../design/page.tsx'
import { Empty, Loaded } from '../../design/states.tsx'
import { namesOf } from '../../words/people.ts'
import { KeyRow } from './key-row.tsx'
import { NewKeyDialog } from './new-key-dialog.tsx'
import { NewKeyShown, type NewKey } from './new-key-shown.tsx'

/** Keys for programs: issued, used, revoked. */
export default function ApiKeys() {
  const keys = useQuery(plainRead('/v1/api-keys'))
  const users = useQuery(plainRead('/v1/users'))
  const [issuing, setIssuing] = useState(false)
  const [issued, setIssued] = useState<NewKey | null>(null)
  const names = namesOf(users.data?.data ?? [])
  return (
    <ScrollingPage name="API keys">
      <PageHead
        title="API keys"
        actions={
          <Button size="sm" variant="primary" onPress={() => setIssuing(true)}>
            <KeyRound aria-hidden size={14} /> New key
          </Button>
        }
      >
        Programs sign in with them. Give each program one of its own, with as little as it needs.
      </PageHead>
      {issued === null ? null : <NewKeyShown made={issued} onKept={() => setIssued(null)} />}
      <Loaded read={keys}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title="No keys yet" icon={KeyRound}>
              The key of the configuration, which npm start prints, is not listed: it is changed where it is configured.
            </Empty>
          ) : (
            <ul className="panel divide-y divide-separator">
              {data.map((key) => (
                <KeyRow key={key.id} apiKey={key} names={names} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {issuing ? <NewKeyDialog onClose={() => setIssuing(false)} onIssued={setIssued} /> : null}
    </ScrollingPage>
  )
}
