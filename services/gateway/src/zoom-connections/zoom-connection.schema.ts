import { Nullable, OneOf, Timestamp, zoomDisconnectReasons } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

/** `lost`: Zoom does not know the permission any more, and only the host can give it again. */
export const zoomConnectionStates = ['connected', 'lost', 'disconnected'] as const

/** A host whose Zoom Leadlog acts in, or acted in. */
export const ZoomConnection = Type.Object({
  id: Type.String(),
  email: Type.String({ description: 'of the host' }),
  state: OneOf(...zoomConnectionStates),
  /** Why it ended; null while it stands. */
  because: Nullable(OneOf(...zoomDisconnectReasons)),
  connectedAt: Nullable(Timestamp),
  endedAt: Nullable(Timestamp),
  scopes: Type.Array(Type.String(), { description: 'what Leadlog may do or might, as Zoom calls it' })
})
export type ZoomConnection = Static<typeof ZoomConnection>
