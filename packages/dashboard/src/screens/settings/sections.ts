import {
  ArrowLeftRight,
  CircleUser,
  KeyRound,
  Plug,
  ShieldCheck,
  ToggleLeft,
  Users,
  type LucideIcon
} from 'lucide-react'

/** The screens of the settings, in the order in which they are listed. Who may open one, its route says. */
export const SETTINGS: readonly { readonly to: string; readonly name: string; readonly icon: LucideIcon }[] = [
  { to: '/settings/account', name: 'My account', icon: CircleUser },
  { to: '/settings/people', name: 'People', icon: Users },
  { to: '/settings/api-keys', name: 'API keys', icon: KeyRound },
  { to: '/settings/security-log', name: 'Security log', icon: ShieldCheck },
  { to: '/settings/field-mapping', name: 'Field mapping', icon: ArrowLeftRight },
  { to: '/settings/integrations', name: 'Integrations', icon: Plug },
  { to: '/settings/flags', name: 'Flags', icon: ToggleLeft }
]
