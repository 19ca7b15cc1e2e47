import type { ErrorComponentProps } from '@tanstack/react-router'
import { Failed } from '../design/states.tsx'

/** In place of a screen that could not be drawn; what is around it stays. */
export function Broken({ error, reset }: ErrorComponentProps) {
  return (
    <div className="p-4 lg:p-6">
      <h1 className="sr-only">This screen could not be shown</h1>
      <Failed error={error instanceof Error ? error : new Error(String(error))} onRetry={reset} />
    </div>
  )
}
