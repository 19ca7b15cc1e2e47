import type { ReactNode } from 'react'

/** A screen that scrolls as a whole. */
export function ScrollingPage({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="h-full overflow-y-auto" tabIndex={0} role="region" aria-label={name}>
      <div className="mx-auto flex max-w-6xl flex-col gap-6 p-4 lg:p-6">{children}</div>
    </div>
  )
}

/** The head of every screen: its name, one line that says what it answers, and what can be done. */
export function PageHead({
  title,
  children,
  actions
}: {
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
}) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <h1 className="truncate text-xl font-semibold tracking-tight">{title}</h1>
        {children === undefined ? null : <p className="mt-0.5 text-muted">{children}</p>}
      </div>
      {actions === undefined ? null : <div className="flex items-center gap-2">{actions}</div>}
    </header>
  )
}

/** A titled part of a screen. */
export function Section({
  title,
  aside,
  children,
  className = ''
}: {
  title: string
  aside?: ReactNode
  children: ReactNode
  className?: string
}) {
  return (
    <section className={className}>
      <div className="mb-2 flex items-center justify-between gap-3">
        <h2 className="text-xs font-semibold text-muted">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** Names and values, in a grid that reads well at any width. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-4 gap-y-2">{children}</dl>
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}

/** An id or a key, whole, for comparing letter by letter. */
export function Code({ children }: { children: string }) {
  return <span className="font-mono text-xs break-all">{children}</span>
}
