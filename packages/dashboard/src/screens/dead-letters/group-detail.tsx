import { Button } from '@heroui/react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { toast } from 'sonner'
import type { RowOf } from '../../api/client.ts'
import { pagedRead } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { intents } from '../../api/intents.ts'
import { sendCommand } from '../../api/send-command.ts'
import { DetailPanel } from '../../detail/detail-panel.tsx'
import { Empty, Loaded } from '../../design/states.tsx'
import { Status } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { may } from '../../words/access.ts'
import { counted } from '../../words/format.ts'
import { codeName, handlerName, nameOf } from '../../words/names.ts'
import { Canary } from './canary.tsx'
import { DiscardForm } from './discard-form.tsx'

type Letter = RowOf<'/v1/dead-letters'>

const route = getRouteApi('/app/dead-letters')

/** Failures of one kind: what they say, whom they concern, and what to do about them. */
export default function GroupDetail() {
  const { id = '' } = useParams({ strict: false })
  const mayAct = may(useMe(), 'commands')
  const { state = 'open' } = route.useSearch()
  const found = useInfiniteQuery(pagedRead('/v1/dead-letters', { fingerprint: id, state: state as 'open' }))
  const letters = found.data?.pages.flatMap(({ data }) => data) ?? []
  const [newest] = letters
  return (
    <DetailPanel
      title={newest === undefined ? 'Dead letters' : codeName(newest.code, newest.service)}
      kicker="Dead letters"
      back="/dead-letters"
    >
      <Loaded read={found}>
        {() =>
          newest === undefined ? (
            <Empty title="None of this kind is left">
              What was decided about them is under Resolved and Discarded.
            </Empty>
          ) : (
            <>
              <div className="rounded-lg bg-tone-danger-soft p-3 text-tone-danger">
                <p className="font-medium [overflow-wrap:anywhere]">{newest.message}</p>
                <p className="mt-1 font-mono text-xs">{newest.code}</p>
              </div>
              <p className="text-muted">
                {nameOf(newest.service)}: {handlerName(newest.handler)} gave up on {counted(letters.length, 'message')}
                {found.hasNextPage ? ' and more' : ''}.
                {state === 'open' ? ' Correct what is wrong, then try a few; when they go through, the rest.' : ''}
              </p>
              {mayAct && state === 'open' ? <Canary fingerprint={id} open={letters.length} /> : null}
              <ol className="flex flex-col gap-3">
                {letters.map((letter) => (
                  <LetterCard key={letter.id} letter={letter} mayAct={mayAct} />
                ))}
              </ol>
              {found.hasNextPage ? (
                <Button size="sm" variant="secondary" onPress={() => void found.fetchNextPage()}>
                  Show more
                </Button>
              ) : null}
            </>
          )
        }
      </Loaded>
    </DetailPanel>
  )
}

function LetterCard({ letter, mayAct }: { letter: Letter; mayAct: boolean }) {
  const queries = useQueryClient()
  const [working, setWorking] = useState(false)
  const [discarding, setDiscarding] = useState(false)
  const about = { deadLetterId: letter.id, deadLetterSequence: letter.deadLetterSequence }
  const act = async (name: string, body: object, told: (result: Readonly<Record<string, unknown>> | null) => void) => {
    setWorking(true)
    try {
      told((await intents.act(name, body, (key) => sendCommand(letter.service, name, body, key))).result)
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error))
    } finally {
      setWorking(false)
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/v1/dead-letters')
      })
    }
  }
  const retry = (): void => {
    void act('RetryDeadLetter', about, (result) => {
      if (result?.['outcome'] === 'ok') toast.success('It worked; the dead letter is closed')
      else
        toast.error(
          `It failed again: ${typeof result?.['message'] === 'string' ? result['message'] : 'no reason was given'}`
        )
    })
  }
  const discard = (reason: string): void => {
    setDiscarding(false)
    void act('DiscardDeadLetter', { ...about, reason }, () => toast('Discarded'))
  }
  return (
    <li className="rounded-lg border border-border p-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="min-w-0 font-medium">
          {letter.lead === null ? (
            <Link to="/inbox/$id" params={{ id: letter.receivedEventId }} className="text-link hover:underline">
              The webhook it came with
            </Link>
          ) : (
            <Link to="/leads/$id" params={{ id: letter.lead.id }} className="text-link hover:underline">
              {letter.lead.name ?? letter.lead.email}
            </Link>
          )}
        </p>
        <Status kind="deadLetter" state={letter.state} />
      </div>
      <p className="mt-1 text-xs text-muted">
        Given up <Time at={letter.at} /> after {counted(letter.attempts, 'attempt')}
        {letter.retries === 0 ? '' : `, tried again ${counted(letter.retries, 'time')} by people`}
        {letter.closedBy === null ? '' : `, closed by ${letter.closedBy}`}
      </p>
      {letter.lastRetry === null ? null : (
        <p className="mt-1 text-xs [overflow-wrap:anywhere] text-tone-danger">Last retry: {letter.lastRetry.message}</p>
      )}
      {letter.discardReason === null ? null : <p className="mt-1 text-xs text-muted">Reason: {letter.discardReason}</p>}
      {!mayAct || letter.state !== 'open' ? null : discarding ? (
        <DiscardForm onDiscard={discard} onCancel={() => setDiscarding(false)} />
      ) : (
        <div className="mt-3 flex gap-2">
          <Button size="sm" variant="primary" isDisabled={working} onPress={retry}>
            {working ? 'Working' : 'Try again'}
          </Button>
          <Button size="sm" variant="secondary" isDisabled={working} onPress={() => setDiscarding(true)}>
            Discard
          </Button>
        </div>
      )}
    </li>
  )
}
