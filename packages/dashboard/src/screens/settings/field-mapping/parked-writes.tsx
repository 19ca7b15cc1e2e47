import { Button } from '@heroui/react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { toast } from 'sonner'
import { read, type RowOf } from '../../../api/client.ts'
import { sendCommand } from '../../../api/send-command.ts'
import { counted } from '../../../words/format.ts'

/** What one look fetches; what is beyond it is fetched when these are through. */
const AT_ONCE = 100

type Letter = RowOf<'/v1/dead-letters'>

/** The writes that the mapping holds up, and the way through once it fits. */
export function ParkedWrites({
  count,
  fingerprints,
  fits
}: {
  count: number
  fingerprints: readonly string[]
  fits: boolean
}) {
  const queries = useQueryClient()
  const [done, setDone] = useState<number | null>(null)
  const letThrough = async (): Promise<void> => {
    setDone(0)
    let through = 0
    let failed = 0
    try {
      for (const letter of await parkedLetters(fingerprints)) {
        const { result } = await sendCommand(
          letter.service,
          'RetryDeadLetter',
          { deadLetterId: letter.id, deadLetterSequence: letter.deadLetterSequence },
          `retry-${letter.id}-${String(letter.retries)}`
        )
        if (result?.['outcome'] === 'ok') through += 1
        else failed += 1
        setDone(through + failed)
      }
      if (failed === 0) toast.success(`${counted(through, 'write')} went through`)
      else toast.error(`${counted(through, 'write')} went through, ${counted(failed, 'write')} did not`)
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error))
    } finally {
      setDone(null)
      void queries.invalidateQueries()
    }
  }
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg bg-tone-warning-soft px-4 py-3 text-tone-warning">
      <p className="min-w-0">
        <strong className="font-medium">
          {counted(count, 'write')} {count === 1 ? 'waits' : 'wait'} because the mapping did not fit.
        </strong>{' '}
        {fits ? 'It fits now: they can go through.' : 'Mend the mapping first.'}{' '}
        {fingerprints.map((fingerprint, index) => (
          <Link key={fingerprint} to="/dead-letters/$id" params={{ id: fingerprint }} className="underline">
            {fingerprints.length === 1 ? 'See them' : `See group ${String(index + 1)}`}
          </Link>
        ))}
      </p>
      {fits ? (
        <Button size="sm" variant="primary" isDisabled={done !== null} onPress={() => void letThrough()}>
          {done === null ? 'Let them through' : `${String(done)} of ${String(count)}`}
        </Button>
      ) : null}
    </div>
  )
}

async function parkedLetters(fingerprints: readonly string[]): Promise<Letter[]> {
  const pages = await Promise.all(
    fingerprints.map((fingerprint) =>
      read('/v1/dead-letters', { path: {}, query: { fingerprint, state: 'open', limit: AT_ONCE } })
    )
  )
  return pages.flatMap(({ data }) => data)
}
