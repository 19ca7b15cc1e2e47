export { createZoomClient, type ZoomClientOptions } from './create-zoom-client.ts'
export { hasMarker, markedAgenda } from './agenda-marker.ts'
export { joinedUuid } from './joined-uuid.ts'
export type { MeetingChange, NewZoomMeeting, ZoomMeeting } from './meeting.ts'
export {
  openAppContext,
  type AppContext,
  type AppContextOptions,
  type AppContextRefusal
} from './app/open-app-context.ts'
export { authorizationUrl, newPkce, type Pkce } from './oauth/authorization-url.ts'
export { createZoomOauth, type ZoomOauth, type ZoomOauthOptions } from './oauth/zoom-oauth.ts'
export type { GrantedTokens, ServerToken } from './oauth/token-answer.ts'
export { isTokenRefused, zoomCodeOf } from './refusal.ts'
export type { ZoomClient, ZoomDownload, ZoomParticipant, ZoomRecordingFile } from './zoom-client.ts'
export { createZoomBudgets, ZOOM_PLANS, type ZoomBudgets, type ZoomPlan } from './zoom-budgets.ts'
