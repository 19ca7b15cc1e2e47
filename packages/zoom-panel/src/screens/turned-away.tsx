import { Button } from '@heroui/react'
import type { ApiProblem } from '@leadlog/dashboard/api/problem.ts'
import { KeyRound } from 'lucide-react'

/** What to do, by the code of what is missing. */
const STEPS: Readonly<Record<string, { readonly title: string; readonly steps: readonly string[] }>> = {
  PANEL_HOST_UNKNOWN: {
    title: 'Your Zoom is not connected yet',
    steps: [
      'Open Leadlog’s dashboard in a browser.',
      'Under Settings, Integrations, connect Zoom with your own address.',
      'Come back here and try again.'
    ]
  },
  PANEL_USER_UNKNOWN: {
    title: 'You are not a user of Leadlog yet',
    steps: [
      'Ask an admin to invite the address that you have in Zoom.',
      'They find it under Settings, People.',
      'Then come back here and try again.'
    ]
  },
  PANEL_USER_DISABLED: {
    title: 'Your access was switched off',
    steps: ['An admin can switch it on again, under Settings, People.']
  },
  PANEL_NOT_SET_UP: {
    title: 'The panel is not set up',
    steps: ['Whoever runs Leadlog sets ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET of the Zoom app.']
  },
  PANEL_NOT_IN_ZOOM: {
    title: 'Open this inside Zoom',
    steps: ['Join your meeting in the Zoom app.', 'Choose Apps, then Leadlog.']
  }
}

/** Whether somebody is not let in, other than for a moment. */
export function isTurnedAway({ status, code }: ApiProblem): boolean {
  return code in STEPS || status === 401 || status === 403
}

/** Nobody is known here: why, and what to do about it. */
export function TurnedAway({ problem, onRetry }: { problem: ApiProblem; onRetry: () => void }) {
  const { title, steps } = STEPS[problem.code] ?? { title: 'Leadlog does not let you in', steps: [] }
  return (
    <main className="flex min-h-dvh flex-col justify-center gap-4 p-6">
      <span className="grid size-10 place-items-center rounded-full bg-tone-info-soft text-tone-info">
        <KeyRound aria-hidden size={18} />
      </span>
      <div role="alert" className="flex flex-col gap-3">
        <h1 className="text-base font-semibold">{title}</h1>
        {steps.length === 0 ? (
          <p className="text-muted">{problem.message}</p>
        ) : (
          <ol className="list-decimal space-y-1 pl-5 text-muted">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        )}
        <p className="font-mono text-xs text-muted">{problem.code}</p>
      </div>
      <Button size="sm" variant="secondary" className="self-start" onPress={onRetry}>
        Try again
      </Button>
    </main>
  )
}
