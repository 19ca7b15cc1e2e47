import { nameOf } from './names.ts'

/** What each role may, in a line. */
export const ROLES = [
  { value: 'user', word: 'User', means: 'Sees the leads whose meetings they host.' },
  { value: 'manager', word: 'Manager', means: 'Sees everything but who may what, and may change things.' },
  { value: 'admin', word: 'Admin', means: 'May everything: people, keys and settings too.' }
] as const
export type Role = (typeof ROLES)[number]['value']

export function roleWord(role: string): string {
  return ROLES.find(({ value }) => value === role)?.word ?? role
}

/** People by the ids that events name. */
export type Names = ReadonlyMap<string, string>

export function namesOf(users: readonly { id: string; name: string | null; email: string }[]): Names {
  return new Map(users.map(({ id, name, email }) => [id, name ?? email]))
}

/** Who did something, as events name them, in words. `keys` are those of programs, where they are known. */
export function actorWord(actor: string, names: Names, keys: Names = new Map()): string {
  const [kind = '', id = ''] = actor.split(/:(.*)/s)
  switch (kind) {
    case 'user':
      return names.get(id) ?? 'Somebody who is no user any more'
    case 'api-key':
      return id === 'default' ? 'The API key of the configuration' : (keys.get(id) ?? 'A program with an API key')
    case 'service':
      return 'Leadlog'
    default:
      return actor
  }
}

/** Scopes of keys: what a program with one may. */
const SCOPES: Readonly<Record<string, string>> = {
  read: 'Read everything',
  personal: 'See personal data in events',
  'command:*': 'Change things: everywhere',
  admin: 'Decide who may what'
}

export function scopeWord(scope: string): string {
  const known = SCOPES[scope]
  if (known !== undefined) return known
  return scope.startsWith('command:') ? `Change things: ${nameOf(scope.slice('command:'.length))}` : scope
}

/** Whether a key still opens something. */
export function keyState(
  key: { readonly expiresAt: string | null; readonly revokedAt: string | null },
  nowMs: number
): 'active' | 'expired' | 'revoked' {
  if (key.revokedAt !== null) return 'revoked'
  return key.expiresAt !== null && Date.parse(key.expiresAt) <= nowMs ? 'expired' : 'active'
}

/** Kinds of entries in the security log, by the type of their event. */
export const SECURITY_KINDS = [
  { value: 'access.SignedIn.v1', word: 'Signed in' },
  { value: 'access.SignInRefused.v1', word: 'Sign-in refused' },
  { value: 'access.SignInLinkSent.v1', word: 'Link mailed' },
  { value: 'access.SessionEnded.v1', word: 'Session ended' },
  { value: 'access.UserInvited.v1', word: 'Invited' },
  { value: 'access.UserRoleChanged.v1', word: 'Role changed' },
  { value: 'access.UserDisabled.v1', word: 'Disabled' },
  { value: 'access.UserEnabled.v1', word: 'Enabled' },
  { value: 'access.SecondFactorEnabled.v1', word: 'Second factor on' },
  { value: 'access.SecondFactorDisabled.v1', word: 'Second factor off' },
  { value: 'access.ApiKeyIssued.v1', word: 'Key issued' },
  { value: 'access.ApiKeyRevoked.v1', word: 'Key revoked' },
  { value: 'access.SigningKeyMade.v1', word: 'New signing key' },
  { value: 'access.RecordingPlayed.v1', word: 'Recording played' },
  { value: 'access.MeetingRecordingPlayed.v1', word: 'Recording of a meeting played' },
  { value: 'access.PanelOpened.v1', word: 'Panel opened in Zoom' }
] as const
