import type { FlowStepKind } from '@leadlog/contracts'
import {
  Clock,
  GitBranch,
  Hash,
  ListTree,
  MessageCircle,
  MessageSquareText,
  Phone,
  PhoneOff,
  Users,
  UsersRound,
  Voicemail,
  Webhook,
  type LucideIcon
} from 'lucide-react'

const ICONS: Readonly<Record<FlowStepKind, LucideIcon>> = {
  say: MessageCircle,
  menu: ListTree,
  gather: Hash,
  hours: Clock,
  dial: Phone,
  queue: Users,
  voicemail: Voicemail,
  conference: UsersRound,
  sms: MessageSquareText,
  webhook: Webhook,
  condition: GitBranch,
  hangup: PhoneOff
}

export function StepIcon({ kind, size = 15 }: { kind: FlowStepKind; size?: number }) {
  const Icon = ICONS[kind]
  return <Icon aria-hidden size={size} className="shrink-0" />
}
