import {
  AlertTriangle,
  Calendar,
  Check,
  CircleHelp,
  Clock,
  Eye,
  LoaderCircle,
  Minus,
  Phone,
  Star,
  X,
  type LucideIcon
} from 'lucide-react'
import { statusLook, type StatusKind, type StatusLook } from '../words/status.ts'

const ICONS: Readonly<Record<StatusLook['icon'], LucideIcon>> = {
  check: Check,
  clock: Clock,
  spinner: LoaderCircle,
  cross: X,
  minus: Minus,
  alert: AlertTriangle,
  calendar: Calendar,
  star: Star,
  eye: Eye,
  question: CircleHelp,
  phone: Phone
}

/** Text and ground of a state. */
export const TONES: Readonly<Record<StatusLook['tone'], string>> = {
  neutral: 'bg-tone-neutral-soft text-tone-neutral',
  info: 'bg-tone-info-soft text-tone-info',
  success: 'bg-tone-success-soft text-tone-success',
  warning: 'bg-tone-warning-soft text-tone-warning',
  danger: 'bg-tone-danger-soft text-tone-danger'
}

/** A state as a chip: icon, word and tone. */
export function Status({ kind, state }: { kind: StatusKind; state: string }) {
  return <Look look={statusLook(kind, state)} />
}

/** The icon of a state alone; its word must stand beside it or be said. */
export function StatusIcon({ look }: { look: StatusLook }) {
  const Icon = ICONS[look.icon]
  return <Icon aria-hidden size={12} strokeWidth={2.5} className="shrink-0" />
}

export function Look({ look }: { look: StatusLook }) {
  return (
    <span
      className={`inline-flex h-[22px] max-w-full items-center gap-1 rounded-full px-2 text-xs font-medium whitespace-nowrap ${TONES[look.tone]}`}
    >
      <StatusIcon look={look} />
      <span className="truncate">{look.word}</span>
    </span>
  )
}
