import {
  Activity,
  BookOpenCheck,
  Banknote,
  Boxes,
  CalendarDays,
  CalendarRange,
  Coins,
  FlaskConical,
  Gauge,
  Hammer,
  Hash,
  Inbox,
  MessageSquareText,
  Package,
  Phone,
  PhoneCall,
  ReceiptText,
  Settings,
  ShieldBan,
  Skull,
  Users,
  Workflow,
  type LucideIcon
} from 'lucide-react'

/** A screen as navigation and palette list it. */
export interface Screen {
  readonly to: string
  readonly name: string
  readonly icon: LucideIcon
  /** Pressed after `g`. */
  readonly key: string
  /** What of it waits for a person is counted beside its name. */
  readonly badge?: 'parked-payments'
}

export const SCREENS: readonly { readonly group: string; readonly screens: readonly Screen[] }[] = [
  {
    group: 'Work',
    screens: [
      { to: '/', name: 'Overview', icon: Gauge, key: 'o' },
      { to: '/leads', name: 'Leads', icon: Users, key: 'l' },
      { to: '/calendar', name: 'Calendar', icon: CalendarRange, key: 'k' },
      { to: '/meetings', name: 'Meetings', icon: CalendarDays, key: 'm' }
    ]
  },
  {
    group: 'Telephony',
    screens: [
      { to: '/live-calls', name: 'Live calls', icon: PhoneCall, key: 'c' },
      { to: '/calls', name: 'Calls', icon: Phone, key: 'a' },
      { to: '/numbers', name: 'Numbers', icon: Hash, key: 'n' },
      { to: '/flows', name: 'Call flows', icon: Workflow, key: 'f' },
      { to: '/messages', name: 'Messages', icon: MessageSquareText, key: 't' },
      { to: '/suppressions', name: 'Suppressions', icon: ShieldBan, key: 'x' }
    ]
  },
  {
    group: 'Billing',
    screens: [
      { to: '/invoices', name: 'Invoices', icon: ReceiptText, key: 'v' },
      { to: '/payments', name: 'Payments', icon: Banknote, key: 'p', badge: 'parked-payments' },
      { to: '/catalogue', name: 'Catalogue', icon: Package, key: 'j' },
      { to: '/spend', name: 'Spend', icon: Coins, key: 'u' }
    ]
  },
  {
    group: 'Operations',
    screens: [
      { to: '/inbox', name: 'Inbox', icon: Inbox, key: 'i' },
      { to: '/dead-letters', name: 'Dead letters', icon: Skull, key: 'd' },
      { to: '/events', name: 'Event log', icon: Boxes, key: 'e' },
      { to: '/rebuilds', name: 'Rebuilds', icon: Hammer, key: 'r' },
      { to: '/what-ifs', name: 'What-ifs', icon: FlaskConical, key: 'w' },
      { to: '/ledger', name: 'Ledger', icon: BookOpenCheck, key: 'b' },
      { to: '/health', name: 'System health', icon: Activity, key: 'h' }
    ]
  },
  {
    group: 'You and your team',
    screens: [{ to: '/settings', name: 'Settings', icon: Settings, key: 's' }]
  }
]
