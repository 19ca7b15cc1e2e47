import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMayOpen } from '../shell/allowed-screens.ts'

/** Leads to an event of the log. Who may not look at the log reads `otherwise` in its place; nothing where absent. */
export function EventLink(props: { id: string; className?: string; otherwise?: ReactNode; children: ReactNode }) {
  const { id, className, otherwise = null, children } = props
  const mayOpen = useMayOpen()
  if (!mayOpen('/events/$id')) return otherwise
  return (
    <Link to="/events/$id" params={{ id }} {...(className === undefined ? {} : { className })}>
      {children}
    </Link>
  )
}
