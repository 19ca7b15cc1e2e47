import { useRouter } from '@tanstack/react-router'
import { useMe } from '../api/session.ts'
import { may, type Need } from '../words/access.ts'
import { SCREENS } from './screens.ts'

/** Which addresses who is signed in may open, as their routes say. */
export function useMayOpen(): (address: string) => boolean {
  const me = useMe()
  const routes = useRouter().routesByPath as Readonly<
    Record<string, { options: { staticData: { needs: Need } } } | undefined>
  >
  return (address) => {
    const route = routes[address]
    return route !== undefined && may(me, route.options.staticData.needs)
  }
}

/** The screens that navigation and palette offer to who is signed in; groups that are empty for them are left out. */
export function useAllowedScreens(): typeof SCREENS {
  const mayOpen = useMayOpen()
  return SCREENS.map(({ group, screens }) => ({ group, screens: screens.filter(({ to }) => mayOpen(to)) })).filter(
    ({ screens }) => screens.length > 0
  )
}
