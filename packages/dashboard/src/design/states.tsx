import { Button, Skeleton } from '@heroui/react'
import { CloudOff, Inbox, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiProblem, failureOf } from '../api/problem.ts'

/** Nothing to show, and why, and what to do. */
export function Empty({
  title,
  children,
  icon: Icon = Inbox
}: {
  title: string
  children?: ReactNode
  icon?: LucideIcon
}) {
  return (
    <div className="flex flex-col items-center justify-center gap-2 px-6 py-16 text-center">
      <span className="grid size-10 place-items-center rounded-full bg-surface-secondary text-muted">
        <Icon aria-hidden size={18} />
      </span>
      <p className="font-medium">{title}</p>
      {children === undefined ? null : <div className="max-w-sm text-muted">{children}</div>}
    </div>
  )
}

/** A read that failed: what happened in words, the code for whoever helps, and another try. */
export function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const code = error instanceof ApiProblem ? error.code : 'UNEXPECTED'
  // Asking again finds no more of what is not there.
  const isGone = error instanceof ApiProblem && error.status === 404
  return (
    <div role="alert" className="flex flex-col items-center justify-center gap-2 px-6 py-16 text-center">
      <span className="grid size-10 place-items-center rounded-full bg-tone-danger-soft text-tone-danger">
        <CloudOff aria-hidden size={18} />
      </span>
      <p className="font-medium">{isGone ? 'This is not there' : 'This could not be loaded'}</p>
      <p className="max-w-md [overflow-wrap:anywhere] text-muted">{error.message}</p>
      <p className="font-mono text-xs text-muted">{code}</p>
      {isGone ? null : (
        <Button size="sm" variant="secondary" onPress={onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}

/** Lines where rows will be. */
export function LoadingRows({ rows = 8 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-12 items-center gap-4 border-b border-separator px-4">
          <Skeleton className="h-4 w-20 rounded" />
          <Skeleton className="h-4 flex-1 rounded" />
          <Skeleton className="hidden h-4 w-24 rounded sm:block" />
        </div>
      ))}
    </div>
  )
}

export function LoadingBlock() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-3 p-5">
      <Skeleton className="h-5 w-1/2 rounded" />
      <Skeleton className="h-4 w-full rounded" />
      <Skeleton className="h-4 w-4/5 rounded" />
      <Skeleton className="h-24 w-full rounded" />
    </div>
  )
}

/** A read, of one answer or of several pages. */
interface Read<Data> {
  readonly data: Data | undefined
  readonly error: Error | null
  readonly refetch: () => unknown
}

/** What a read gives once it has come; until then that it is awaited, or why it failed. */
export function Loaded<Data>(props: { read: Read<Data>; loading?: ReactNode; children: (data: Data) => ReactNode }) {
  const { read, loading = <LoadingBlock />, children } = props
  const failure = failureOf(read)
  if (failure !== null) return <Failed error={failure} onRetry={() => void read.refetch()} />
  if (read.data === undefined) return loading
  return children(read.data)
}
