import { Link, Navigate, Outlet, useMatches } from '@tanstack/react-router'
import { Lock } from 'lucide-react'
import { useMe } from '../api/session.ts'
import { Empty } from '../design/states.tsx'
import { may, whyNot } from '../words/access.ts'
import { useAllowedScreens, useMayOpen } from './allowed-screens.ts'
import type { Screen } from './screens.ts'

/** Where everybody who may read can begin. */
const HOME_OF_OWN = '/leads'

/** The screen of the address, or why who is signed in may not see it. Nothing of it is asked for then. */
export function AllowedScreen() {
  const me = useMe()
  const mayOpen = useMayOpen()
  const [first] = useAllowedScreens().flatMap(({ screens }) => screens)
  const matches = useMatches()
  const refused = matches.map(({ staticData }) => staticData.needs).find((need) => !may(me, need))
  if (refused === undefined) return <Outlet />
  if (matches.at(-1)?.pathname === '/' && mayOpen(HOME_OF_OWN)) return <Navigate to={HOME_OF_OWN} replace />
  return (
    <div className="p-4 lg:p-6">
      <h1 className="sr-only">Not for you</h1>
      <Empty title="This screen is not for you" icon={Lock}>
        <p>{whyNot(refused)}</p>
        {first === undefined ? null : (
          <Link to={first.to} className="mt-3 inline-block font-medium text-link underline">
            {wayOut(first)}
          </Link>
        )}
      </Empty>
    </div>
  )
}

/** To the first screen that is theirs. */
function wayOut({ to, name }: Screen): string {
  if (to === '/') return 'Go to the overview'
  return to === HOME_OF_OWN ? 'Go to your leads' : `Go to ${name.toLowerCase()}`
}
