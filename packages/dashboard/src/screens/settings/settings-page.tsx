import { Link, Navigate, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Empty } from '../../design/states.tsx'
import { useMayOpen } from '../../shell/allowed-screens.ts'
import { SETTINGS } from './sections.ts'

/** Around every screen of the settings: the list of those that one may open. The first of them is shown by itself. */
export default function SettingsPage() {
  const mayOpen = useMayOpen()
  const path = useRouterState({ select: ({ location }) => location.pathname.replace(/\/$/, '') })
  const atTop = path === '/settings'
  const sections = SETTINGS.filter(({ to }) => mayOpen(to))
  const [first] = sections
  const list = useRef<HTMLElement>(null)
  // On a phone the list is one line: the name of what is shown must be in sight.
  useEffect(() => {
    list.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [path])
  if (atTop && first !== undefined) return <Navigate to={first.to as never} replace />
  return (
    <div className="flex h-full flex-col md:flex-row">
      <nav
        ref={list}
        aria-label="Settings"
        className="shrink-0 overflow-x-auto border-b border-border bg-surface px-3 py-2 md:w-52 md:border-r md:border-b-0 md:py-5"
      >
        <p className="hidden px-2.5 pb-2 text-base font-semibold md:block">Settings</p>
        <ul className="flex gap-px md:flex-col">
          {sections.map(({ to, name, icon: Icon }) => (
            <li key={to}>
              <Link
                to={to as never}
                activeOptions={{ includeSearch: false }}
                className="flex h-8 items-center gap-2.5 rounded-lg px-2.5 whitespace-nowrap text-muted hover:bg-surface-secondary hover:text-foreground aria-[current=page]:bg-default aria-[current=page]:font-medium aria-[current=page]:text-foreground"
              >
                <Icon aria-hidden size={16} />
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="min-h-0 min-w-0 flex-1">
        {atTop ? <Empty title="There is nothing here that you may set">An admin can change that.</Empty> : <Outlet />}
      </div>
    </div>
  )
}
