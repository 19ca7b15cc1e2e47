import { answersOf, callerVariables } from '@leadlog/call-flow'
import type { FlowStep } from '@leadlog/contracts'
import { useId } from 'react'
import { valueAt } from '../../flows/edit-flow.ts'
import { tests } from '../../flows/step-kinds.ts'
import {
  CheckField,
  ChoiceField,
  ListField,
  LongText,
  NumberField,
  PromptField,
  TextField,
  WayField,
  Ways,
  WordsField
} from './fields.tsx'
import { useStepForm } from './step-form.tsx'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((word, index) => ({
  value: index + 1,
  word
}))

const TIME_ZONES = Intl.supportedValuesOf('timeZone')

/** What is particular to the kind of a step, and its ways out. */
export function StepFields({ step }: { step: FlowStep }) {
  switch (step.kind) {
    case 'say':
      return (
        <>
          <PromptField label="The caller hears" path="prompt" />
          <Ways />
        </>
      )
    case 'menu':
      return (
        <>
          <Asking />
          <ListField
            label="Choices"
            path="choices"
            add="Add a choice"
            make={(choices) => ({ digit: freeDigit(choices as readonly { digit: string }[]), next: null })}
            entry={(path) => (
              <>
                <div className="grid grid-cols-[4.5rem_1fr] gap-2">
                  <TextField label="Key" path={`${path}/digit`} mono />
                  <WordsField label="Words" path={`${path}/words`} help="Spoken instead, with commas" />
                </div>
                <WayField path={`${path}/next`} />
              </>
            )}
          />
          <Ways except={/^choices/} />
        </>
      )
    case 'gather':
      return (
        <>
          <Asking />
          <InputChoice />
          <div className="grid grid-cols-2 gap-3">
            <NumberField label="Fewest digits" path="minDigits" />
            <NumberField label="Most digits" path="maxDigits" />
            <ChoiceField
              label="Ends with"
              path="finishOnKey"
              options={[
                { value: '#', word: '# (pound)' },
                { value: '*', word: '* (star)' },
                { value: 'none', word: 'No key' }
              ]}
            />
            <TextField label="Kept as answers." path="variable" mono />
          </div>
          <WordsField label="Expected words" path="hints" help="Help to recognize speech, with commas" />
          <Ways />
        </>
      )
    case 'hours':
      return (
        <>
          <TextField
            label="Time zone"
            path="schedule/timeZone"
            mono
            options={TIME_ZONES}
            help="Such as Europe/Rome or America/New_York"
          />
          <ListField
            label="Open"
            path="schedule/open"
            add="Add hours"
            make={(open) => ({ day: 1, from: '09:00', to: '17:00', ...(open.at(-1) as object | undefined) })}
            entry={(path) => <OpenHours path={path} />}
          />
          <ListField
            label="Holidays"
            path="schedule/holidays"
            add="Add a holiday"
            make={() => ({ date: new Date().toISOString().slice(0, 10), name: 'Holiday' })}
            entry={(path) => (
              <div className="grid grid-cols-2 gap-2">
                <TextField label="Date" path={`${path}/date`} mono />
                <TextField label="Name" path={`${path}/name`} />
              </div>
            )}
          />
          <Ways />
        </>
      )
    case 'dial':
      return (
        <>
          <PromptField label="Before it rings" path="prompt" optional />
          <ListField
            label="Numbers, all ring at once"
            path="numbers"
            add="Add a number"
            make={() => '+'}
            entry={(path) => <TextField label="Number" path={path} mono />}
          />
          <NumberField label="Rings for" path="timeoutSeconds" unit="seconds" />
          <CheckField label="Record the call" path="record" />
          <Ways />
        </>
      )
    case 'queue':
      return (
        <>
          <TextField label="Queue" path="queue" />
          <PromptField label="While waiting" path="prompt" />
          <NumberField label="Waits at most" path="maxWaitSeconds" unit="seconds" />
          <Ways />
        </>
      )
    case 'voicemail':
      return (
        <>
          <PromptField label="Before the beep" path="prompt" />
          <div className="grid grid-cols-2 gap-3">
            <NumberField label="Longest message" path="maxSeconds" unit="seconds" />
            <NumberField label="Ends after silence of" path="timeoutSeconds" unit="s" />
          </div>
          <Ways />
        </>
      )
    case 'conference':
      return (
        <>
          <PromptField label="Before joining" path="prompt" optional />
          <TextField label="Room" path="room" />
          <CheckField label="Begins when this caller comes" path="startOnEnter" />
          <CheckField label="Ends when this caller goes" path="endOnExit" />
          <Ways />
        </>
      )
    case 'sms':
      return (
        <>
          <TextField label="To" path="to" mono help="caller, or a number such as +14155550142" />
          <LongText label="Text" path="text" rows={4} />
          <Ways />
        </>
      )
    case 'webhook':
      return (
        <>
          <TextField label="Address" path="url" mono help="An https address; the request is signed" />
          <div className="grid grid-cols-2 gap-3">
            <NumberField label="Waits at most" path="timeoutSeconds" unit="seconds" />
            <TextField label="Kept as answers." path="variable" mono />
          </div>
          <p className="text-xs text-muted">
            A member “state” of its answer is {`{{answers.${step.variable}_state|unknown}}`} afterwards.
          </p>
          <Ways />
        </>
      )
    case 'condition':
      return (
        <>
          <ListField
            label="Cases, the first that holds"
            path="cases"
            add="Add a case"
            make={() => ({ variable: 'lead.status', test: 'is', value: '', next: null })}
            entry={(path) => <Case path={path} />}
          />
          <Ways except={/^cases/} />
        </>
      )
    case 'hangup':
      return <PromptField label="Before hanging up" path="prompt" optional />
  }
}

function Asking() {
  return (
    <>
      <PromptField label="The caller hears" path="prompt" />
      <PromptField label="When asked again" path="retryPrompt" optional />
      <div className="grid grid-cols-2 gap-3">
        <NumberField label="Waits" path="timeoutSeconds" unit="seconds" />
        <NumberField label="Asks again, times" path="retries" />
      </div>
    </>
  )
}

function InputChoice() {
  const { step, set, readOnly } = useStepForm()
  const id = useId()
  const input = (valueAt(step, 'input') ?? []) as readonly string[]
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium">
        Answered by
      </label>
      <select
        id={id}
        data-path="input"
        value={input.join(' ')}
        disabled={readOnly}
        onChange={(event) => set('input', event.target.value.split(' '))}
        className="h-9 w-full cursor-pointer rounded-lg border border-[var(--field-border)] bg-surface px-2.5"
      >
        <option value="dtmf">Keys</option>
        <option value="speech">Speech</option>
        <option value="dtmf speech">Keys or speech</option>
        {input.join(' ') === 'speech dtmf' ? <option value="speech dtmf">Speech or keys</option> : null}
      </select>
    </div>
  )
}

function OpenHours({ path }: { path: string }) {
  const { step, set, readOnly } = useStepForm()
  const id = useId()
  return (
    <div className="grid grid-cols-[1fr_4.75rem_4.75rem] gap-2">
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="text-xs font-medium">
          Day
        </label>
        <select
          id={id}
          data-path={`${path}/day`}
          value={String(valueAt(step, `${path}/day`))}
          disabled={readOnly}
          onChange={(event) => set(`${path}/day`, Number(event.target.value))}
          className="h-9 w-full cursor-pointer rounded-lg border border-[var(--field-border)] bg-surface px-2"
        >
          {DAYS.map(({ value, word }) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      </div>
      <TextField label="From" path={`${path}/from`} mono />
      <TextField label="To" path={`${path}/to`} mono />
    </div>
  )
}

function Case({ path }: { path: string }) {
  const { flow, step } = useStepForm()
  const known = [...callerVariables.keys(), ...answersOf(flow).names.filter((name) => !name.endsWith('…'))]
  return (
    <>
      <TextField label="If" path={`${path}/variable`} mono options={known} />
      <div className="grid grid-cols-2 gap-2">
        <ChoiceField label="Test" path={`${path}/test`} options={tests} />
        {valueAt(step, `${path}/test`) === 'is-known' ? null : <TextField label="Value" path={`${path}/value`} />}
      </div>
      <WayField path={`${path}/next`} />
    </>
  )
}

function freeDigit(choices: readonly { readonly digit: string }[]): string {
  const taken = new Set(choices.map(({ digit }) => digit))
  return [...'1234567890*#'].find((digit) => !taken.has(digit)) ?? '1'
}
