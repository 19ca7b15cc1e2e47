import { useQuery } from '@tanstack/react-query'
import { Phone } from 'lucide-react'
import type { AnswerOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { PageHead, ScrollingPage, Section } from '../../design/page.tsx'
import { Empty, Loaded, LoadingRows } from '../../design/states.tsx'
import { Status } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { may } from '../../words/access.ts'
import { counted } from '../../words/format.ts'
import { AddNumber, ChangeNumber } from './assign-number.tsx'

type PhoneNumber = AnswerOf<'/v1/phone-numbers'>['data'][number]

/** Our phone numbers, and who answers when they ring. */
export default function NumbersPage() {
  const mayAssign = may(useMe(), 'commands')
  const numbers = useQuery(plainRead('/v1/phone-numbers'))
  return (
    <ScrollingPage name="Numbers">
      <PageHead title="Numbers" actions={mayAssign ? <AddNumber /> : undefined}>
        Our phone numbers, and which flow answers when they ring.
      </PageHead>
      <Loaded read={numbers} loading={<LoadingRows rows={3} />}>
        {({ data }) =>
          data.length === 0 ? (
            <div className="panel">
              <Empty title="No number is known yet" icon={Phone}>
                Add the first one, or call it: a number that rings shows here.
              </Empty>
            </div>
          ) : (
            <Section title={counted(data.length, 'number')}>
              <ul className="panel divide-y divide-separator" aria-label="Numbers">
                {data.map((number) => (
                  <NumberRow key={number.number} number={number} mayAssign={mayAssign} />
                ))}
              </ul>
            </Section>
          )
        }
      </Loaded>
    </ScrollingPage>
  )
}

function NumberRow({ number, mayAssign }: { number: PhoneNumber; mayAssign: boolean }) {
  const { flow, since } = number
  return (
    <li
      className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-2 px-4 py-3 md:grid-cols-[10rem_1fr_auto_auto]"
      data-number={number.number}
    >
      <span className="tnum font-medium max-md:col-start-1 max-md:row-start-1">{number.number}</span>
      <span className="min-w-0 max-md:col-span-full max-md:row-start-2">
        {flow === null ? (
          <span className="text-muted">Callers go straight to the fallback number</span>
        ) : (
          <>
            {flow.name ?? flow.flowId}
            {flow.version === null ? null : <span className="text-muted">, version {flow.version}</span>}
          </>
        )}
        <span className="block text-xs text-muted">
          {since === null ? (
            'Known because it was called'
          ) : (
            <>
              Since <Time at={since} />
            </>
          )}
        </span>
      </span>
      <span className="max-md:col-start-2 max-md:row-start-1 max-md:justify-self-end">
        <Status kind="number" state={flow === null ? (since === null ? 'new' : 'fallback') : 'answered'} />
      </span>
      {mayAssign ? (
        <span className="max-md:row-start-3">
          <ChangeNumber number={number} />
        </span>
      ) : null}
    </li>
  )
}
