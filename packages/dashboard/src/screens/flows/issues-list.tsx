import type { FlowDocument } from '@leadlog/contracts'
import { AlertTriangle, CircleCheck } from 'lucide-react'
import { stepOf } from '../../flows/edit-flow.ts'
import { stepName } from '../../flows/step-kinds.ts'
import { counted } from '../../words/format.ts'
import type { Issue } from './step-form.tsx'

/** Everything that keeps the flow from being published; each entry leads to its place. */
export function IssuesList(props: { flow: FlowDocument; issues: readonly Issue[]; onGo: (issue: Issue) => void }) {
  const { flow, issues, onGo } = props
  if (issues.length === 0) {
    return (
      <p role="status" className="flex items-center gap-2 text-tone-success">
        <CircleCheck aria-hidden size={15} /> Nothing is wrong with this flow.
      </p>
    )
  }
  return (
    <div className="flex flex-col gap-1">
      <p role="status" className="flex items-center gap-2 font-medium text-tone-danger">
        <AlertTriangle aria-hidden size={15} /> {counted(issues.length, 'problem')} to mend before publishing
      </p>
      <ul aria-label="Problems" className="flex flex-col">
        {issues.map((issue) => {
          const step = stepOf(flow, issue.step)
          return (
            <li key={`${issue.path} ${issue.message}`}>
              <button
                type="button"
                onClick={() => onGo(issue)}
                className="w-full rounded-md px-1.5 py-1 text-left text-xs [overflow-wrap:anywhere] hover:bg-surface-secondary"
              >
                <span className="font-medium">{step === undefined ? 'The flow' : stepName(step)}: </span>
                {issue.message}
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** Puts the focus on the field of an issue, or on what stands nearest to it; the panel has to be drawn. */
export function focusIssue({ path, step }: Issue): void {
  const within = step === null ? path : path.split('/').slice(3).join('/')
  const fields = [...document.querySelectorAll<HTMLElement>('[data-path]')]
  const nearest = fields
    .filter(({ dataset }) => within === dataset['path'] || within.startsWith(`${dataset['path'] ?? ' '}/`))
    .sort((a, b) => (b.dataset['path']?.length ?? 0) - (a.dataset['path']?.length ?? 0))[0]
  const target = nearest ?? document.querySelector<HTMLElement>('[data-panel-title]')
  target?.focus()
  target?.scrollIntoView({ block: 'nearest' })
}
