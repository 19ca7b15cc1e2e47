import { Button } from '@heroui/react'
import type { CallInput, FlowDocument, FlowStep } from '@leadlog/contracts'
import { Phone, RotateCcw, Undo2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Field } from '../../design/field.tsx'
import { stepOf } from '../../flows/edit-flow.ts'
import { STEP_KINDS, stepName } from '../../flows/step-kinds.ts'
import {
  beginTrial,
  goOn,
  inputsAt,
  inputWords,
  requestWords,
  turnBack,
  verbWords,
  waitingStep,
  type Trial,
  type TrialSetting
} from '../../flows/trial.ts'

const LEAD = [
  { name: 'lead.firstName', label: 'First name', value: 'Marco' },
  { name: 'lead.lastName', label: 'Last name', value: 'Ellison' },
  { name: 'lead.name', label: 'Whole name', value: 'Marco Ellison' },
  { name: 'lead.status', label: 'Status', value: 'demo-booked' },
  { name: 'lead.demoDay', label: 'Day of the demo', value: 'Thursday, November 19' },
  { name: 'lead.demoTime', label: 'Time of the demo', value: '3:00 PM' }
] as const

/** A call that somebody plays: with the very engine that answers Twilio, in the browser; nothing is dialled or sent. */
export function TrialPanel(props: {
  flow: FlowDocument
  trial: Trial
  onTrial: (trial: Trial, setting: TrialSetting) => void
  onOpen: (id: string) => void
}) {
  const { flow, trial, onTrial, onOpen } = props
  const [values, setValues] = useState<Readonly<Record<string, string>>>({
    'caller.number': '+14155550142',
    'called.number': '+16465550100'
  })
  const [at, setAt] = useState(() => localMinute(new Date()))
  const setting: TrialSetting = {
    variables: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
    at: Number.isNaN(Date.parse(at)) ? new Date() : new Date(at)
  }
  const set = (name: string, value: string): void => setValues((before) => ({ ...before, [name]: value }))
  const act = (input: CallInput): void => onTrial(goOn(flow, setting, trial, input), setting)
  const waiting = waitingStep(flow, trial)
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' })
  }, [trial])
  if (trial.length === 0) {
    return (
      <section aria-label="Try the flow" className="flex flex-col gap-4 p-4">
        <div>
          <h2 className="font-semibold">Try it</h2>
          <p className="text-xs text-muted">
            You are the caller. What would be answered is worked out here, by the code that answers calls; nothing is
            dialled or sent.
          </p>
        </div>
        <Field
          label="Caller's number"
          mono
          value={values['caller.number'] ?? ''}
          onChange={(event) => set('caller.number', event.target.value)}
        />
        <Field
          label="When the call comes, in your time"
          type="datetime-local"
          value={at}
          onChange={(event) => setAt(event.target.value)}
        />
        <details>
          <summary className="cursor-pointer text-xs font-medium">What is known of the caller</summary>
          <div className="mt-3 flex flex-col gap-3">
            <Button
              size="sm"
              variant="secondary"
              className="self-start"
              onPress={() =>
                setValues((before) => ({ ...before, ...Object.fromEntries(LEAD.map((one) => [one.name, one.value])) }))
              }
            >
              Fill in an example
            </Button>
            {LEAD.map(({ name, label }) => (
              <Field
                key={name}
                label={label}
                placeholder="Not known"
                value={values[name] ?? ''}
                onChange={(event) => set(name, event.target.value)}
              />
            ))}
          </div>
        </details>
        <Button
          variant="primary"
          isDisabled={flow.start === null}
          onPress={() => onTrial(beginTrial(flow, setting), setting)}
        >
          <Phone aria-hidden size={15} /> Call
        </Button>
      </section>
    )
  }
  return (
    <section aria-label="Try the flow" className="flex flex-col gap-3 p-4">
      <header className="flex items-center gap-2">
        <h2 className="flex-1 font-semibold">{waiting === undefined ? 'The call is over' : 'On the phone'}</h2>
        <Button
          size="sm"
          variant="secondary"
          isDisabled={trial.length < 2}
          onPress={() => onTrial(turnBack(trial), setting)}
        >
          <Undo2 aria-hidden size={14} /> One turn back
        </Button>
        <Button size="sm" variant="secondary" onPress={() => onTrial([], setting)}>
          <RotateCcw aria-hidden size={14} /> Anew
        </Button>
      </header>
      <ol aria-label="The call so far" className="flex flex-col gap-3">
        {trial.map(({ input, taken }, index) => (
          <li key={index} className="flex flex-col gap-1.5">
            <p className="max-w-[85%] self-end rounded-lg bg-default px-3 py-1.5">{inputWords(input)}</p>
            <p className="flex flex-wrap gap-1 text-xs text-muted">
              {taken.steps.map((visit, at) => {
                const step = stepOf(flow, visit.step)
                return (
                  <button
                    key={`${visit.step} ${String(at)}`}
                    type="button"
                    className="hover:underline"
                    onClick={() => onOpen(visit.step)}
                  >
                    {step === undefined ? visit.step : stepName(step)}: {visit.outcome}
                    {at < taken.steps.length - 1 ? ' →' : ''}
                  </button>
                )
              })}
            </p>
            {taken.verbs.flatMap(verbWords).map(({ spoken, words }, at) =>
              spoken ? (
                <p
                  key={at}
                  className="max-w-[92%] self-start rounded-lg bg-tone-info-soft px-3 py-1.5 text-tone-info [overflow-wrap:anywhere]"
                >
                  {words}
                </p>
              ) : (
                <p key={at} className="text-xs text-muted [overflow-wrap:anywhere]">
                  {words}
                </p>
              )
            )}
            {taken.requests.map((request, at) => (
              <p key={at} className="text-xs [overflow-wrap:anywhere] text-tone-warning">
                {requestWords(request)}
              </p>
            ))}
            {taken.outcome === 'fell-back' ? (
              <p className="text-xs text-tone-danger">It falls back: {taken.reason}</p>
            ) : null}
          </li>
        ))}
      </ol>
      <div ref={end}>
        {waiting === undefined ? null : (
          <Acts key={`${waiting.id} ${String(trial.length)}`} step={waiting} onAct={act} onOpen={onOpen} />
        )}
      </div>
    </section>
  )
}

/** What the caller can do at the step that waits. */
function Acts(props: { step: FlowStep; onAct: (input: CallInput) => void; onOpen: (id: string) => void }) {
  const { step, onAct, onOpen } = props
  const [text, setText] = useState('')
  const asks = step.kind === 'menu' || step.kind === 'gather'
  const mayPress = step.kind === 'menu' || (step.kind === 'gather' && step.input.includes('dtmf'))
  const most = step.kind === 'gather' ? step.maxDigits : 1
  const [digits, setDigits] = useState('')
  const press = (digit: string): void => {
    const next = digits + digit
    if (step.kind === 'gather' && digit === step.finishOnKey) onAct({ kind: 'digits', digits })
    else if (next.length >= most) onAct({ kind: 'digits', digits: next })
    else setDigits(next)
  }
  return (
    <div
      role="group"
      aria-label="What the caller does"
      className="flex flex-col gap-3 rounded-lg border border-border p-3"
    >
      <p className="text-xs">
        At{' '}
        <button type="button" className="font-medium text-link hover:underline" onClick={() => onOpen(step.id)}>
          {stepName(step)}
        </button>{' '}
        ({STEP_KINDS[step.kind].name.toLowerCase()})
      </p>
      {asks && mayPress ? (
        <div className="flex flex-col gap-2">
          <div className="grid w-44 grid-cols-3 gap-1" role="group" aria-label="Keys of the phone">
            {[...'123456789*0#'].map((digit) => (
              <button
                key={digit}
                type="button"
                onClick={() => press(digit)}
                className="h-9 rounded-lg border border-border font-medium hover:bg-default"
              >
                {digit}
              </button>
            ))}
          </div>
          {digits === '' ? null : (
            <p className="text-xs">
              Pressed <span className="font-mono">{digits}</span>{' '}
              <button
                type="button"
                className="text-link hover:underline"
                onClick={() => onAct({ kind: 'digits', digits })}
              >
                and waits
              </button>
            </p>
          )}
        </div>
      ) : null}
      {asks ? (
        <form
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            if (text.trim() !== '') onAct({ kind: 'speech', text, confidence: 0.9 })
          }}
        >
          <Field label="Says" value={text} onChange={(event) => setText(event.target.value)} />
          <Button size="sm" type="submit" variant="secondary" className="h-9">
            Speak
          </Button>
        </form>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {step.kind === 'webhook' ? <WebhookAnswer onAct={onAct} /> : null}
        {inputsAt(step).map(({ word, input }) => (
          <Button key={word} size="sm" variant="secondary" onPress={() => onAct(input)}>
            {word}
          </Button>
        ))}
        {asks ? (
          <Button size="sm" variant="secondary" onPress={() => onAct({ kind: 'nothing' })}>
            Stay silent
          </Button>
        ) : null}
        <Button size="sm" variant="secondary" onPress={() => onAct({ kind: 'hung-up', result: 'hung up' })}>
          Hang up
        </Button>
      </div>
    </div>
  )
}

/** What the webhook would answer, as `state=packed`. */
function WebhookAnswer({ onAct }: { onAct: (input: CallInput) => void }) {
  const [text, setText] = useState('state=packed')
  const fields = Object.fromEntries(
    text
      .split(',')
      .map((pair) => pair.split('=').map((part) => part.trim()))
      .flatMap(([name = '', value = '']) => (name === '' ? [] : [[name, value] as const]))
  )
  return (
    <div className="flex w-full items-end gap-2">
      <Field label="Answers, as name=value" mono value={text} onChange={(event) => setText(event.target.value)} />
      <Button
        size="sm"
        variant="secondary"
        className="h-9"
        onPress={() => onAct({ kind: 'webhook', state: 'answered', fields })}
      >
        Answer
      </Button>
    </div>
  )
}

function localMinute(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}
