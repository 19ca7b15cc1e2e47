import type { RowOf } from '../api/client.ts'

type ZoomConnection = RowOf<'/v1/zoom-connections'>

const ENDED: Readonly<Record<string, string>> = {
  'asked-here': 'It was taken back here.',
  'refused-by-zoom':
    'Zoom does not know the permission any more: the host or their administrator took it back, or it was not used for too long.'
}

/** Why Leadlog does not act for a host, and what to do; null while it does. */
export function whyDisconnected({ state, because }: Pick<ZoomConnection, 'state' | 'because'>): string | null {
  if (state === 'connected') return null
  const why = because === null ? undefined : ENDED[because]
  const words = why ?? 'Zoom says that the app was removed.'
  return state === 'lost'
    ? `${words} No room is opened for them until they connect again; everything else goes on.`
    : `${words} Connect them to open rooms again.`
}

const OUTCOMES: Readonly<Record<string, string>> = {
  connected: 'Zoom is connected.',
  MEETINGS_ZOOM_NOT_AGREED: 'Nothing is connected: it was not agreed to at Zoom.',
  MEETINGS_ZOOM_STATE_INVALID:
    'Nothing is connected: it took longer than ten minutes, or was finished before. Begin again.',
  MEETINGS_ZOOM_USER_DIFFERS:
    'Nothing is connected: another Zoom user agreed. Sign out at Zoom, sign in there as the host, and begin again.'
}

/** What became of a connection, by the word with which Zoom’s page led back here. */
export function zoomOutcome(word: string): { readonly good: boolean; readonly words: string } {
  return {
    good: word === 'connected',
    words: OUTCOMES[word] ?? 'Nothing is connected: Zoom did not give the permission. Begin again.'
  }
}

/** `meeting:write:meeting` → what it lets Leadlog do: `write meeting`. */
export function scopeWords(scope: string): string {
  const [what = scope, how, ...rest] = scope.split(':').filter((part) => part !== 'admin')
  return how === undefined ? what : `${how} ${rest.join(' ').replaceAll('_', ' ') || what}`
}
