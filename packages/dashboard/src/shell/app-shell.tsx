import { lazyRouteComponent, Link, useNavigate, useRouterState } from '@tanstack/react-router'
import { Keyboard, LogOut, Menu, Monitor, Moon, Search, Sun, X } from 'lucide-react'
import { Suspense, useEffect, useRef, useState } from 'react'
import { toast } from 'sonner'
import { signOut, useMe } from '../api/session.ts'
import { useModal } from '../design/modal.ts'
import { isTyping } from '../list/typing.ts'
import { LiveUpdates } from '../live/live-updates.tsx'
import { ConnectionBadge } from './connection-badge.tsx'
import { AllowedScreen } from './allowed-screen.tsx'
import { useAllowedScreens } from './allowed-screens.ts'
import { HeldBack } from './held-back.tsx'
import { Logo } from './logo.tsx'
import { ParkedBadge } from './parked-badge.tsx'
import { chooseTheme, useTheme, type Theme } from './theme.ts'

// As screens are: where another build took a part away, the page is loaded anew, once.
const CommandPalette = lazyRouteComponent(() => import('./command-palette.tsx'))
const KeysHelp = lazyRouteComponent(() => import('./keys-help.tsx'))

/** Around every screen: navigation, search, connection, and the keys that work everywhere. */
export function AppShell() {
  const [menuOpen, setMenuOpen] = useState(false)
  const [paletteOpen, setPaletteOpen] = useState(false)
  const [keysOpen, setKeysOpen] = useState(false)
  const address = useRouterState({ select: (state) => state.location.pathname })
  useEffect(() => setMenuOpen(false), [address])
  useGlobalKeys({ togglePalette: () => setPaletteOpen((open) => !open), showKeys: () => setKeysOpen(true) })
  return (
    <LiveUpdates>
      <a
        href="#main"
        className="sr-only z-50 rounded-lg bg-accent px-4 py-2 text-accent-foreground focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        Skip to content
      </a>
      <div className="flex h-dvh flex-col lg:flex-row">
        <header className="flex h-12 shrink-0 items-center gap-2 border-b border-border bg-surface px-3 lg:hidden">
          <button
            type="button"
            aria-label="Menu"
            aria-expanded={menuOpen}
            onClick={() => setMenuOpen(true)}
            className="grid size-9 place-items-center rounded-lg hover:bg-default"
          >
            <Menu aria-hidden size={18} />
          </button>
          <Logo />
          <span className="flex-1" />
          <ConnectionBadge />
          <button
            type="button"
            aria-label="Search and commands"
            onClick={() => setPaletteOpen(true)}
            className="grid size-9 place-items-center rounded-lg hover:bg-default"
          >
            <Search aria-hidden size={17} />
          </button>
        </header>
        <nav aria-label="Main" className="hidden w-56 shrink-0 flex-col border-r border-border bg-surface lg:flex">
          <SideBar onSearch={() => setPaletteOpen(true)} onKeys={() => setKeysOpen(true)} />
        </nav>
        {menuOpen ? <NarrowMenu onClose={() => setMenuOpen(false)} onSearch={() => setPaletteOpen(true)} /> : null}
        <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
          <HeldBack />
          <div className="min-h-0 flex-1">
            <AllowedScreen />
          </div>
        </main>
      </div>
      {paletteOpen ? (
        <Suspense fallback={null}>
          <CommandPalette onClose={() => setPaletteOpen(false)} />
        </Suspense>
      ) : null}
      {keysOpen ? (
        <Suspense fallback={null}>
          <KeysHelp onClose={() => setKeysOpen(false)} />
        </Suspense>
      ) : null}
    </LiveUpdates>
  )
}

/** @param onKeys absent where there is no keyboard to speak of */
function SideBar({ onSearch, onKeys }: { onSearch: () => void; onKeys?: () => void }) {
  const groups = useAllowedScreens()
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-12 shrink-0 items-center px-5 pt-3">
        <Logo />
      </div>
      <button
        type="button"
        onClick={onSearch}
        className="mx-3 mt-3 flex h-8 shrink-0 items-center gap-2 rounded-lg border border-border px-2.5 text-muted hover:bg-surface-secondary"
      >
        <Search aria-hidden size={14} />
        <span className="flex-1 text-left">Search</span>
        <kbd className="font-sans text-xs">⌘K</kbd>
      </button>
      {/* On a low screen the list alone scrolls: who is signed in and how to leave stay where they are. */}
      <div className="mt-2 min-h-0 flex-1 overflow-y-auto px-3 pb-3">
        {groups.map(({ group, screens }) => (
          <div key={group} className="mt-3">
            <p className="px-2.5 pb-1 text-xs font-medium text-muted">{group}</p>
            <ul className="flex flex-col gap-px">
              {screens.map(({ to, name, icon: Icon, badge }) => (
                <li key={to}>
                  <Link
                    to={to as never}
                    activeOptions={{ exact: to === '/', includeSearch: false }}
                    className="flex h-8 items-center gap-2.5 rounded-lg px-2.5 text-muted hover:bg-surface-secondary hover:text-foreground aria-[current=page]:bg-default aria-[current=page]:font-medium aria-[current=page]:text-foreground"
                  >
                    <Icon aria-hidden size={16} />
                    {name}
                    {badge === undefined ? null : <ParkedBadge />}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      <div className="flex shrink-0 flex-col gap-2 border-t border-separator p-3">
        <div className="flex items-center justify-between px-2.5">
          <ConnectionBadge />
          {onKeys === undefined ? null : (
            <button
              type="button"
              aria-label="Keys"
              title="Keys (?)"
              onClick={onKeys}
              className="-mr-1 grid size-6 place-items-center rounded-md text-muted hover:bg-default hover:text-foreground"
            >
              <Keyboard aria-hidden size={14} />
            </button>
          )}
        </div>
        <SignedInAs />
        <div className="flex items-center justify-between">
          <ThemeSwitch />
          <button
            type="button"
            onClick={() => void leave()}
            className="inline-flex h-8 items-center gap-1.5 rounded-lg px-2 text-xs text-muted hover:bg-default hover:text-foreground"
          >
            <LogOut aria-hidden size={14} /> Sign out
          </button>
        </div>
      </div>
    </div>
  )
}

function SignedInAs() {
  const { user } = useMe()
  return (
    <p className="truncate px-2.5 text-xs text-muted" title={user?.email}>
      {user === null ? 'Signed in with an API key' : (user.name ?? user.email)}
    </p>
  )
}

async function leave(): Promise<void> {
  try {
    await signOut()
  } catch (error) {
    toast.error(`You are still signed in. ${error instanceof Error ? error.message : String(error)}`)
  }
}

function NarrowMenu({ onClose, onSearch }: { onClose: () => void; onSearch: () => void }) {
  const dialog = useModal()
  return (
    <dialog
      ref={dialog.ref}
      aria-label="Menu"
      onClose={onClose}
      onClick={dialog.closeBeside}
      className="m-0 h-dvh max-h-none w-72 max-w-[85vw] bg-surface text-foreground shadow-overlay backdrop:bg-black/50"
    >
      <nav aria-label="Main" className="flex h-full flex-col">
        <button
          type="button"
          aria-label="Close menu"
          onClick={dialog.close}
          className="absolute top-3 right-3 grid size-9 place-items-center rounded-lg hover:bg-default"
        >
          <X aria-hidden size={18} />
        </button>
        <SideBar
          onSearch={() => {
            dialog.close()
            onSearch()
          }}
        />
      </nav>
    </dialog>
  )
}

const THEMES: readonly { theme: Theme; name: string; icon: typeof Sun }[] = [
  { theme: 'light', name: 'Light', icon: Sun },
  { theme: 'system', name: 'As the system', icon: Monitor },
  { theme: 'dark', name: 'Dark', icon: Moon }
]

function ThemeSwitch() {
  const current = useTheme()
  return (
    <div role="group" aria-label="Theme" className="flex rounded-lg bg-surface-secondary p-0.5">
      {THEMES.map(({ theme, name, icon: Icon }) => (
        <button
          key={theme}
          type="button"
          aria-label={name}
          title={name}
          aria-pressed={current === theme}
          onClick={() => chooseTheme(theme)}
          className="grid h-6 w-7 place-items-center rounded-md text-muted aria-pressed:bg-surface aria-pressed:text-foreground aria-pressed:shadow-sm"
        >
          <Icon aria-hidden size={13} />
        </button>
      ))}
    </div>
  )
}

/** How long after `g` the second key may come. */
const CHORD_MS = 900

function useGlobalKeys(actions: { togglePalette: () => void; showKeys: () => void }): void {
  const navigate = useNavigate()
  const groups = useAllowedScreens()
  const current = useRef({ ...actions, groups })
  current.current = { ...actions, groups }
  useEffect(() => {
    let chordUntil = 0
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'k' && (event.metaKey || event.ctrlKey)) {
        event.preventDefault()
        current.current.togglePalette()
        return
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return
      if (event.key === '?') current.current.showKeys()
      else if (event.key === 'g') chordUntil = event.timeStamp + CHORD_MS
      else if (event.timeStamp < chordUntil) {
        chordUntil = 0
        const screen = current.current.groups.flatMap(({ screens }) => screens).find(({ key }) => key === event.key)
        if (screen !== undefined) void navigate({ to: screen.to as never })
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [navigate])
}
