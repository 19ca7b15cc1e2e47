import { Button } from '@heroui/react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import type { AnswerOf } from '../../../api/client.ts'
import { ApiProblem } from '../../../api/problem.ts'
import { plainRead } from '../../../api/queries.ts'
import { sendCommand } from '../../../api/send-command.ts'
import { useMe } from '../../../api/session.ts'
import { PageHead, ScrollingPage, Section } from '../../../design/page.tsx'
import { Empty, Loaded } from '../../../design/states.tsx'
import { Time } from '../../../design/time.tsx'
import { may } from '../../../words/access.ts'
import { problemWords, wantedChanges } from '../../../words/field-mapping.ts'
import { counted } from '../../../words/format.ts'
import { nameOf, sentence } from '../../../words/names.ts'
import { MappingHead, MappingRow } from './mapping-rows.tsx'
import { ParkedWrites } from './parked-writes.tsx'
import { ReasonForm } from './reason-form.tsx'
import { checkMapping, useMappingCheck } from './use-mapping-check.ts'
import { Versions } from './versions.tsx'

type Mapping = AnswerOf<'/v1/field-mapping'>
type Draft = Readonly<Record<string, string>>

/** Where Leadlog's fields stand in the CRM, whether that fits, and how to change it. */
export default function FieldMappingPage() {
  const mapping = useQuery(plainRead('/v1/field-mapping'))
  return (
    <ScrollingPage name="Field mapping">
      {mapping.error instanceof ApiProblem && mapping.error.status === 404 ? (
        <>
          <PageHead title="Field mapping" />
          <Empty title="There is no field mapping yet">
            It is recorded when the CRM sync starts for the first time.
          </Empty>
        </>
      ) : (
        <Loaded read={mapping}>{(data) => <MappingScreen mapping={data} />}</Loaded>
      )}
    </ScrollingPage>
  )
}

function MappingScreen({ mapping }: { mapping: Mapping }) {
  const queries = useQueryClient()
  const mayChange = may(useMe(), 'commands')
  const [draft, setDraft] = useState<Draft | null>(null)
  const changes = wantedChanges([
    ...mapping.fields.map(({ field, apiName }) => place('field', field, apiName, draft)),
    ...mapping.statuses.map(({ status, name }) => place('status', status, name, draft))
  ])
  const { check, isBehind } = useMappingCheck(changes, draft !== null)
  const seen = async (): Promise<void> => {
    await Promise.all(
      ['/v1/field-mapping', '/v1/field-mapping/versions'].map((path) => queries.invalidateQueries({ queryKey: [path] }))
    )
  }
  const change = useMutation({
    mutationFn: ({ name, body }: { name: string; body: object }) =>
      sendCommand('crm-sync', name, { version: mapping.version, ...body }, crypto.randomUUID()),
    onSuccess: ({ result }) => {
      setDraft(null)
      toast.success(`Version ${String(result?.['version'])} is in force`)
    },
    onError: (error) => toast.error(error.message),
    onSettled: seen
  })
  const look = useMutation({
    mutationFn: () => checkMapping([]),
    onSuccess: ({ problems }) =>
      problems.length === 0
        ? toast.success(`Everything fits ${nameOf(mapping.provider)}`)
        : toast.error(`${counted(problems.length, 'problem')} found`),
    onError: (error) => toast.error(error.message),
    onSettled: seen
  })
  const isTyping = draft !== null
  const problems = isTyping ? (check.data?.problems ?? []) : mapping.fields.flatMap((one) => one.problems)
  const others = isTyping ? problems.filter(({ field }) => field === null) : mapping.otherProblems
  const wrong = mapping.fields.filter(({ state }) => state === 'wrong')
  const troubled = new Set(wrong.map(({ field }) => field))
  const ordered = [...wrong, ...mapping.fields.filter(({ field }) => !troubled.has(field))]
  const fits = wrong.length === 0 && mapping.otherProblems.length === 0
  return (
    <>
      <PageHead
        title="Field mapping"
        actions={
          mayChange && !isTyping ? (
            <>
              <Button size="sm" variant="secondary" isDisabled={look.isPending} onPress={() => look.mutate()}>
                {look.isPending ? 'Asking' : 'Check now'}
              </Button>
              <Button size="sm" variant="primary" onPress={() => setDraft({})}>
                Change
              </Button>
            </>
          ) : undefined
        }
      >
        Where each field of a lead stands in {nameOf(mapping.provider)}. Version {mapping.version}
        {mapping.checkedAt === null ? ', not checked yet.' : ', checked '}
        {mapping.checkedAt === null ? null : <Time at={mapping.checkedAt} />}
      </PageHead>
      {fits ? null : (
        <div role="alert" className="rounded-lg bg-tone-danger-soft px-4 py-3 text-tone-danger">
          <strong className="font-medium">
            {counted(wrong.length + mapping.otherProblems.length, 'field')} of {nameOf(mapping.provider)} and the
            mapping do not fit.
          </strong>{' '}
          Until that is mended no lead is written; what is to be written waits.
        </div>
      )}
      {mapping.parked.count === 0 ? null : <ParkedWrites {...mapping.parked} fits={fits} />}
      {others.map((problem) => {
        const { what, todo } = problemWords(mapping.provider, problem)
        return (
          <p key={problem.name} className="text-tone-danger">
            <span className="font-medium">{what}</span> {todo}
          </p>
        )
      })}
      {isTyping ? (
        <div className="panel sticky top-0 z-10 flex flex-col gap-2 p-4 shadow-sm">
          <p className="text-xs text-muted" role="status">
            {checkWords(changes.length, problems.length, isBehind, check.error)}
          </p>
          <ReasonForm
            label="Why it is changed"
            word="Save"
            working={change.isPending}
            blocked={blockedBecause(changes.length, problems.length, isBehind)}
            onReason={(reason) => change.mutate({ name: 'ChangeFieldMapping', body: { reason, changes } })}
            onCancel={() => setDraft(null)}
          />
        </div>
      ) : null}
      <Section title="Fields">
        <div className="panel">
          <MappingHead crm={mapping.provider} />
          <ul className="divide-y divide-separator">
            {ordered.map((field) => (
              <MappingRow
                key={field.field}
                crm={mapping.provider}
                field={field}
                problems={isTyping && check.data ? problems.filter((one) => one.field === field.field) : field.problems}
                value={draft === null ? undefined : (draft[`field ${field.field}`] ?? field.apiName ?? '')}
                onValue={(value) => setDraft((before) => ({ ...before, [`field ${field.field}`]: value }))}
                list={`fits-${field.field}`}
              />
            ))}
          </ul>
          {isTyping ? <FittingFields fields={mapping.fields} check={check.data} /> : null}
        </div>
      </Section>
      <Section title="Statuses">
        <ul className="panel divide-y divide-separator">
          {mapping.statuses.map(({ status, name }) => (
            <li key={status} className="grid gap-x-4 gap-y-1 px-4 py-2.5 md:grid-cols-2">
              <span className="self-center font-medium">{sentence(status)}</span>
              {draft === null ? (
                <span className={name === null ? 'text-muted' : ''}>
                  {name ?? 'Leaves the status in the CRM alone'}
                </span>
              ) : (
                <input
                  aria-label={`${sentence(status)} in ${nameOf(mapping.provider)}`}
                  value={draft[`status ${status}`] ?? name ?? ''}
                  placeholder="Leaves the status in the CRM alone"
                  maxLength={120}
                  onChange={(event) => {
                    const { value } = event.target
                    setDraft((before) => ({ ...before, [`status ${status}`]: value }))
                  }}
                  className="h-9 w-full rounded-lg border border-[var(--field-border)] bg-surface px-2.5 placeholder:text-[var(--field-placeholder)]"
                />
              )}
            </li>
          ))}
        </ul>
      </Section>
      <Versions
        current={mapping.version}
        mayChange={mayChange}
        working={change.isPending}
        onRollBack={(to, reason) => change.mutate({ name: 'RollBackFieldMapping', body: { to, reason } })}
      />
    </>
  )
}

function place(of: 'field' | 'status', name: string, before: string | null, draft: Draft | null) {
  return { of, name, before: before ?? '', after: draft?.[`${of} ${name}`] ?? before ?? '' }
}

/** What a browser offers in the fields: what the CRM has and would take the value. */
function FittingFields({
  fields,
  check
}: {
  fields: Mapping['fields']
  check: { crmFields: readonly { apiName: string; fits: readonly string[] }[] } | undefined
}) {
  return fields.map(({ field }) => (
    <datalist key={field} id={`fits-${field}`}>
      {(check?.crmFields ?? []).flatMap(({ apiName, fits }) =>
        fits.includes(field) ? [<option key={apiName} value={apiName} />] : []
      )}
    </datalist>
  ))
}

function checkWords(changes: number, problems: number, isBehind: boolean, error: Error | null): string {
  if (error !== null) return error.message
  if (isBehind) return 'Asking the CRM …'
  if (problems > 0) return `${counted(problems, 'problem')}: see below.`
  return changes === 0
    ? 'Everything fits. Nothing is changed yet.'
    : `${counted(changes, 'change')}, and everything fits.`
}

function blockedBecause(changes: number, problems: number, isBehind: boolean): string | null {
  if (changes === 0) return 'Change something first.'
  if (isBehind) return null
  return problems > 0 ? 'It can be saved when everything fits.' : null
}
