import { Button } from '@heroui/react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { ask, type AnswerOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { startWork } from '../../api/start-work.ts'
import { Fact, Facts, PageHead, ScrollingPage } from '../../design/page.tsx'
import { Loaded } from '../../design/states.tsx'
import { counted, dollars, thousands } from '../../words/format.ts'
import { fieldWords } from '../../words/fields.ts'
import { nameOf } from '../../words/names.ts'
import { problemOfQuestion, questionOf, type Draft } from '../../words/what-ifs.ts'

type Choices = AnswerOf<'/v1/what-ifs/choices'>

interface Estimate {
  readonly readings: number
  readonly leads: number
  readonly estimate: { readonly calls: number; readonly kept: number; readonly costMicroUsd: number }
}

const PERIODS = [
  { days: 1, word: 'The last day' },
  { days: 7, word: 'The last week' },
  { days: 30, word: 'The last month' },
  { days: 0, word: 'All time' }
]

/** Which past, what instead, what it takes, and go: one page, so that everything chosen is in sight. */
export default function NewWhatIf() {
  const choices = useQuery(plainRead('/v1/what-ifs/choices'))
  return (
    <ScrollingPage name="New what-if">
      <Link to="/what-ifs" className="inline-flex items-center gap-1.5 self-start text-muted hover:text-foreground">
        <ArrowLeft aria-hidden size={14} /> What-ifs
      </Link>
      <PageHead title="New what-if">Choose, look what it takes, then run it. Nothing is sent to the CRM.</PageHead>
      <Loaded read={choices}>{(data) => <Wizard choices={data} />}</Loaded>
    </ScrollingPage>
  )
}

function Wizard({ choices }: { choices: Choices }) {
  const navigate = useNavigate()
  const [draft, setDraft] = useState<Draft>({ days: 7, source: 'all', limit: '', reader: '', variables: {} })
  const [description, setDescription] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const question = questionOf(draft, Date.now())
  const estimate = useMutation({
    mutationFn: async (body: object) =>
      (await (
        await ask('/v1/what-ifs/estimate', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body)
        })
      ).json()) as Estimate
  })
  const change = (part: Partial<Draft>): void => {
    setDraft({ ...draft, ...part })
    setRefused(null)
    estimate.reset()
  }
  const review = (): void => {
    const problem = problemOfQuestion(draft)
    setRefused(problem)
    if (problem === null) estimate.mutate(question)
  }
  const start = useMutation({
    mutationFn: (found: Estimate) =>
      startWork('/v1/what-ifs', {
        ...(estimate.variables ?? question),
        description: description.trim(),
        maxCostMicroUsd: Math.ceil(found.estimate.costMicroUsd)
      }),
    onSuccess: ({ id, after }) =>
      void navigate({ to: '/what-ifs/$id', params: { id }, search: { after: String(after) } })
  })
  const run = (found: Estimate): void => {
    if (found.leads === 0) return setRefused('Nothing was read in this period. Widen it, or choose another source.')
    if (description.trim() === '') return setRefused('Say why, in a few words: it is kept with the what-if.')
    setRefused(null)
    start.mutate(found)
  }
  return (
    <div className="flex flex-col gap-6">
      <Step number={1} title="Which past">
        <div className="flex flex-wrap gap-4">
          <Pick
            label="Period"
            value={String(draft.days)}
            onPick={(days) => change({ days: Number(days) })}
            options={PERIODS.map(({ days, word }) => [String(days), word])}
          />
          <Pick
            label="Source"
            value={draft.source}
            onPick={(source) => change({ source: source as Draft['source'] })}
            options={[
              ['all', 'Bookings and transcripts'],
              ['lead-intel', 'Bookings only'],
              ['meddic', 'Transcripts only']
            ]}
          />
          <Labelled label="At most so many leads, the newest">
            <input
              type="number"
              min={1}
              placeholder="All"
              value={draft.limit}
              onChange={(event) => change({ limit: event.target.value })}
              className={FIELD}
            />
          </Labelled>
        </div>
      </Step>
      <Step number={2} title="What instead">
        <Pick
          label="Read by"
          value={draft.reader}
          onPick={(reader) => change({ reader: reader as Draft['reader'] })}
          options={[
            ['', 'As it was read'],
            ...choices.readers
              .filter(({ configured }) => configured)
              .map(({ provider, model }): [string, string] => [provider, `${nameOf(provider)}, ${model}`])
          ]}
        />
        <details className="mt-4">
          <summary className="cursor-pointer font-medium">
            Fields of {nameOf(choices.crm)}
            {Object.keys(draft.variables).length === 0
              ? ' stay as they are'
              : `: ${counted(Object.keys(draft.variables).length, 'change')}`}
          </summary>
          <p className="mt-1 text-xs text-muted">Another API name writes there; an empty one switches the field off.</p>
          <div className="mt-3 grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
            {choices.fields.map(({ field, apiName, variable }) => (
              <Labelled key={field} label={fieldWords(field)}>
                <input
                  value={draft.variables[variable] ?? apiName}
                  onChange={(event) => {
                    const { [variable]: _before, ...others } = draft.variables
                    const name = event.target.value.trim()
                    change({ variables: name === apiName ? others : { ...others, [variable]: name } })
                  }}
                  className={`${FIELD} font-mono text-xs`}
                />
              </Labelled>
            ))}
          </div>
        </details>
      </Step>
      <Step number={3} title="What it takes">
        {estimate.data === undefined ? (
          <Button variant="secondary" isDisabled={estimate.isPending} onPress={review}>
            {estimate.isPending ? 'Counting' : 'Count'}
          </Button>
        ) : (
          <Review found={estimate.data} />
        )}
        {estimate.isError ? <Alert>{estimate.error.message}</Alert> : null}
      </Step>
      <Step number={4} title="Run it">
        <div className="flex flex-wrap items-end gap-3">
          <Labelled label="Reason, without anybody's name" className="min-w-60 flex-1">
            <input
              value={description}
              maxLength={500}
              onChange={(event) => setDescription(event.target.value)}
              className={FIELD}
            />
          </Labelled>
          <Button
            variant="primary"
            isDisabled={start.isPending}
            onPress={() => {
              const problem = problemOfQuestion(draft)
              if (problem !== null) setRefused(problem)
              else if (estimate.data === undefined) setRefused('Count first: you should know what it takes.')
              else run(estimate.data)
            }}
          >
            Run what-if
          </Button>
        </div>
        {refused === null ? null : <Alert>{refused}</Alert>}
        {start.isError ? <Alert>{start.error.message}</Alert> : null}
      </Step>
    </div>
  )
}

function Review({ found }: { found: Estimate }) {
  const { calls, kept, costMicroUsd } = found.estimate
  return (
    <Facts>
      <Fact name="Readings">
        {thousands(found.readings)} of {counted(found.leads, 'lead')}
      </Fact>
      <Fact name="Calls of the model">
        {thousands(calls)}
        {kept === 0 ? '' : `, ${counted(kept, 'answer')} known from earlier`}
      </Fact>
      <Fact name="Cost">{calls === 0 ? 'Nothing' : `About ${dollars(costMicroUsd)}; it is not exceeded`}</Fact>
      <Fact name="Calls of the CRM">0</Fact>
    </Facts>
  )
}

const FIELD = 'h-9 w-full rounded-lg border border-[var(--field-border)] bg-surface px-3'

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="panel p-4">
      <h2 className="mb-3 flex items-center gap-2 font-medium">
        <span className="tnum grid size-6 place-items-center rounded-full bg-surface-secondary text-xs">{number}</span>
        {title}
      </h2>
      {children}
    </section>
  )
}

function Labelled({ label, className = '', children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <label className={`flex min-w-0 flex-col gap-1 ${className}`}>
      <span className="text-xs font-medium">{label}</span>
      {children}
    </label>
  )
}

function Pick(props: {
  label: string
  value: string
  onPick: (value: string) => void
  options: readonly (readonly [string, string])[]
}) {
  return (
    <Labelled label={props.label}>
      <select value={props.value} onChange={(event) => props.onPick(event.target.value)} className={FIELD}>
        {props.options.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

function Alert({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="mt-3 text-tone-danger">
      {children}
    </p>
  )
}
