import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'

/** Above a screen of its own: the way back to where it is listed. */
export function BackLink(props: { to: string; params?: Readonly<Record<string, string>>; children: ReactNode }) {
  return (
    <Link
      to={props.to as never}
      params={(props.params ?? {}) as never}
      className="inline-flex items-center gap-1.5 self-start text-muted hover:text-foreground"
    >
      <ArrowLeft aria-hidden size={14} /> {props.children}
    </Link>
  )
}
