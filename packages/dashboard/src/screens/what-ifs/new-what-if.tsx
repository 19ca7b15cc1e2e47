import { Button } from '@heroui/react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { AnswerOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { startWork } from '../../api/start-work.ts'
import { write } from '../../api/write.ts'
import { BackLink } from '../../design/back-link.tsx'
import { Choice, Field, Refusal } from '../../design/field.tsx'
import { Fact, Facts, PageHead, ScrollingPage } from '../../design/page.tsx'
import { ReasonField } from '../../design/reason-field.tsx'
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
  { value: '1', word: 'The last day' },
  { value: '7', word: 'The last week' },
  { value: '30', word: 'The last month' },
  { value: '0', word: 'All time' }
]
const SOURCES = [
  { value: 'all', word: 'Bookings and transcripts' },
  { value: 'lead-intel', word: 'Bookings only' },
  { value: 'meddic', word: 'Transcripts only' }
]

/** Which past, what instead, what it takes, and go: one page, so that everything chosen is in sight. */
export default function NewWhatIf() {
  const choices = useQuery(plainRead('/v1/what-ifs/choices'))
  return (
    <ScrollingPage name="New what-if">
      <BackLink to="/what-ifs">What-ifs</BackLink>
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
    mutationFn: (body: object) => write('POST', '/v1/what-ifs/estimate', body) as Promise<Estimate>
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
          <Choice
            label="Period"
            value={String(draft.days)}
            options={PERIODS}
            onChange={(days) => change({ days: Number(days) })}
          />
          <Choice
            label="Source"
            value={draft.source}
            options={SOURCES}
            onChange={(source) => change({ source: source as Draft['source'] })}
          />
          <Field
            label="At most so many leads, the newest"
            wide={false}
            type="number"
            min={1}
            placeholder="All"
            value={draft.limit}
            onChange={(event) => change({ limit: event.target.value })}
          />
        </div>
      </Step>
      <Step number={2} title="What instead">
        <Choice
          label="Read by"
          value={draft.reader}
          options={[
            { value: '', word: 'As it was read' },
            ...choices.readers
              .filter(({ configured }) => configured)
              .map(({ provider, model }) => ({ value: provider, word: `${nameOf(provider)}, ${model}` }))
          ]}
          onChange={(reader) => change({ reader: reader as Draft['reader'] })}
        />
        <details>
          <summary className="cursor-pointer font-medium">
            Fields of {nameOf(choices.crm)}
            {Object.keys(draft.variables).length === 0
              ? ' stay as they are'
              : `: ${counted(Object.keys(draft.variables).length, 'change')}`}
          </summary>
          <p className="mt-1 text-xs text-muted">Another API name writes there; an empty one switches the field off.</p>
          <div className="mt-3 grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
            {choices.fields.map(({ field, apiName, variable }) => (
              <Field
                key={field}
                label={fieldWords(field)}
                mono
                value={draft.variables[variable] ?? apiName}
                onChange={(event) => {
                  const { [variable]: _before, ...others } = draft.variables
                  const name = event.target.value.trim()
                  change({ variables: name === apiName ? others : { ...others, [variable]: name } })
                }}
              />
            ))}
          </div>
        </details>
      </Step>
      <Step number={3} title="What it takes">
        {estimate.data === undefined ? (
          <Button variant="secondary" className="self-start" isDisabled={estimate.isPending} onPress={review}>
            {estimate.isPending ? 'Counting' : 'Count'}
          </Button>
        ) : (
          <Review found={estimate.data} />
        )}
        <Refusal>{estimate.isError ? estimate.error.message : null}</Refusal>
      </Step>
      <Step number={4} title="Run it">
        <div className="flex flex-wrap items-end gap-3">
          <ReasonField value={description} onChange={setDescription} />
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
        <Refusal>{refused ?? (start.isError ? start.error.message : null)}</Refusal>
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

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="panel flex flex-col gap-3 p-4">
      <h2 className="flex items-center gap-2 font-medium">
        <span className="tnum grid size-6 place-items-center rounded-full bg-surface-secondary text-xs">{number}</span>
        {title}
      </h2>
      {children}
    </section>
  )
}
