import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { RowOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { ListPage, type Filter } from '../../list/list-page.tsx'
import type { Column } from '../../list/list-table.tsx'
import { timeColumn } from '../../list/time-column.tsx'
import { actorWord, namesOf, SECURITY_KINDS, type Names } from '../../words/people.ts'

type Entry = RowOf<'/v1/security-log'>

const VIEWS = [
  { name: 'Everything', search: {} },
  { name: 'Refused', search: { type: 'access.SignInRefused.v1' } },
  { name: 'Signed in', search: { type: 'access.SignedIn.v1' } },
  { name: 'Keys issued', search: { type: 'access.ApiKeyIssued.v1' } }
]

const route = getRouteApi('/app/settings/security-log')

/** Who may what since when, who came in and who was turned away. */
export default function SecurityLog() {
  const users = useQuery(plainRead('/v1/users'))
  const people = users.data?.data ?? []
  const names = namesOf(people)
  const issued = useQuery(plainRead('/v1/api-keys'))
  const keys: Names = new Map(issued.data?.data.map(({ id, name }) => [id, `Key “${name}”`]))
  const filters: readonly Filter[] = [
    { kind: 'choice', name: 'type', label: 'Kind', any: 'Any kind', options: SECURITY_KINDS },
    {
      kind: 'choice',
      name: 'userId',
      label: 'Person',
      any: 'Everybody',
      options: people.map(({ id, name, email }) => ({ value: id, word: name ?? email }))
    },
    {
      kind: 'choice',
      name: 'sort',
      label: 'Order',
      any: 'Newest first',
      options: [{ value: 'at', word: 'Oldest first' }]
    }
  ]
  return (
    <ListPage
      path="/v1/security-log"
      address="/settings/security-log"
      title="Security log"
      noun={['entry', 'entries']}
      views={VIEWS}
      filters={filters}
      columns={columnsWith(names, keys)}
      search={route.useSearch()}
      idOf={(entry) => entry.id}
      nameOf={(entry) => `${whom(entry, names, keys)} ${entry.text}`}
      linkOf={(entry) => ({ to: '/events/$id', params: { id: entry.id } })}
      empty={{ title: 'Nothing happened yet', text: 'The first invitation makes an entry.' }}
    >
      Who may what since when, who came in, and who was turned away.
    </ListPage>
  )
}

function columnsWith(names: Names, keys: Names): readonly Column<Entry>[] {
  return [
    {
      id: 'whom',
      title: 'Whom',
      width: 'minmax(9rem, 1fr)',
      narrow: 'title',
      cell: (entry) => <span className="font-medium">{whom(entry, names, keys)}</span>
    },
    { id: 'what', title: 'What happened', width: 'minmax(12rem, 1.6fr)', narrow: 'meta', cell: (entry) => entry.text },
    {
      id: 'by',
      title: 'By',
      width: 'minmax(8rem, 0.9fr)',
      cell: (entry) => <span className="text-muted">{actorWord(entry.actor, names, keys)}</span>
    },
    {
      id: 'from',
      title: 'From',
      width: 'minmax(8rem, 0.9fr)',
      cell: (entry) => (
        <span className="text-muted">{[entry.device, entry.address].filter((part) => part !== null).join(', ')}</span>
      )
    },
    timeColumn('at', 'When', (entry) => entry.at)
  ]
}

/** Whom an entry is about: a person, a key, or the system. */
function whom({ userId, email, keyId }: Entry, names: Names, keys: Names): string {
  if (userId !== null) return names.get(userId) ?? email ?? 'Somebody who was forgotten'
  return keyId === null ? 'Leadlog' : (keys.get(keyId) ?? 'An API key')
}
