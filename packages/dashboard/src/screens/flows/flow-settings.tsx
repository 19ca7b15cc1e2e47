import type { FlowDocument } from '@leadlog/contracts'
import { useId } from 'react'
import { stepName } from '../../flows/step-kinds.ts'
import { INPUT, Problems } from './fields.tsx'
import type { Issue } from './step-form.tsx'
import type { Edited } from './use-flow-editor.ts'

/** What holds for the whole flow, and everything that is wrong with it. */
export function FlowSettings(props: {
  edited: Edited
  issues: readonly Issue[]
  readOnly: boolean
  change: (next: (before: Edited) => Edited, about?: string) => void
}) {
  const { edited, issues, readOnly, change } = props
  const { document } = edited
  const set = (part: Partial<FlowDocument>, about: string): void =>
    change((before) => ({ ...before, document: { ...before.document, ...part } }), about)
  const at = (path: string): string[] => issues.flatMap((issue) => (issue.path === path ? [issue.message] : []))
  return (
    <section aria-label="Settings of the flow" className="flex flex-col gap-4 p-4">
      <h2 className="font-semibold">The flow</h2>
      <Setting label="Name" problems={edited.name.trim() === '' ? ['Enter a name'] : []}>
        {(own) => (
          <input
            {...own}
            value={edited.name}
            maxLength={120}
            disabled={readOnly}
            onChange={(event) => change((before) => ({ ...before, name: event.target.value }), 'name')}
            className={INPUT}
          />
        )}
      </Setting>
      <Setting label="Calls begin at" problems={at('/start')} path="/start">
        {(own) => (
          <select
            {...own}
            value={document.start ?? ''}
            disabled={readOnly}
            onChange={(event) => set({ start: event.target.value === '' ? null : event.target.value }, 'start')}
            className={`${INPUT} cursor-pointer`}
          >
            <option value="">Nowhere yet</option>
            {document.steps.map((step) => (
              <option key={step.id} value={step.id}>
                {stepName(step)}
              </option>
            ))}
          </select>
        )}
      </Setting>
      <Setting label="Language of texts and speech" problems={at('/language')} path="/language">
        {(own) => (
          <input
            {...own}
            value={document.language}
            maxLength={10}
            disabled={readOnly}
            onChange={(event) => set({ language: event.target.value }, 'language')}
            className={`${INPUT} font-mono text-xs`}
          />
        )}
      </Setting>
      <Setting label="Voice, as Twilio calls it" problems={at('/voice')} path="/voice">
        {(own) => (
          <input
            {...own}
            value={document.voice ?? ''}
            maxLength={60}
            placeholder="Twilio's own choice"
            disabled={readOnly}
            onChange={(event) => {
              const { voice: _before, ...rest } = document
              const { value } = event.target
              change((before) => ({ ...before, document: value === '' ? rest : { ...rest, voice: value } }), 'voice')
            }}
            className={`${INPUT} font-mono text-xs`}
          />
        )}
      </Setting>
      <Setting
        label="Number to fall back to, when a step fails"
        problems={at('/fallbackNumber')}
        path="/fallbackNumber"
      >
        {(own) => (
          <input
            {...own}
            value={document.fallbackNumber ?? ''}
            maxLength={20}
            placeholder="That of the settings"
            disabled={readOnly}
            onChange={(event) => {
              const { value } = event.target
              set({ fallbackNumber: value === '' ? null : value }, 'fallbackNumber')
            }}
            className={`${INPUT} font-mono text-xs`}
          />
        )}
      </Setting>
      <SalesSetting
        isOn={document.sales === true}
        readOnly={readOnly}
        change={(isOn) =>
          change((before) => {
            const { sales: _before, ...rest } = before.document
            return { ...before, document: isOn ? { ...rest, sales: true } : rest }
          }, 'sales')
        }
      />
    </section>
  )
}

function SalesSetting(props: { isOn: boolean; readOnly: boolean; change: (isOn: boolean) => void }) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1">
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          data-path="/sales"
          aria-describedby={id}
          checked={props.isOn}
          disabled={props.readOnly}
          onChange={(event) => props.change(event.target.checked)}
          className="size-4 accent-[var(--accent)]"
        />
        Its calls are sales calls
      </label>
      <p id={id} className="text-xs text-muted">
        What is said on their recordings is read for MEDDIC, as meetings are, for the lead whose call it is.
      </p>
    </div>
  )
}

function Setting(props: {
  label: string
  problems: readonly string[]
  path?: string
  children: (own: {
    id: string
    'data-path': string | undefined
    'aria-invalid': boolean
    'aria-describedby': string
  }) => React.ReactNode
}) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium">
        {props.label}
      </label>
      {props.children({
        id,
        'data-path': props.path,
        'aria-invalid': props.problems.length > 0,
        'aria-describedby': `${id}-wrong`
      })}
      <Problems id={`${id}-wrong`} texts={props.problems} />
    </div>
  )
}
