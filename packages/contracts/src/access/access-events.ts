import { ApiKeyIssued } from './api-key-issued.ts'
import { ApiKeyRevoked } from './api-key-revoked.ts'
import { MeetingRecordingPlayed } from './meeting-recording-played.ts'
import { PanelOpened } from './panel-opened.ts'
import { RecordingPlayed } from './recording-played.ts'
import { SecondFactorDisabled } from './second-factor-disabled.ts'
import { SecondFactorEnabled } from './second-factor-enabled.ts'
import { SessionEnded } from './session-ended.ts'
import { SignedIn } from './signed-in.ts'
import { SignInLinkSent } from './sign-in-link-sent.ts'
import { SignInRefused } from './sign-in-refused.ts'
import { SigningKeyMade } from './signing-key-made.ts'
import { UserDisabled } from './user-disabled.ts'
import { UserEnabled } from './user-enabled.ts'
import { UserInvited } from './user-invited.ts'
import { UserRoleChanged } from './user-role-changed.ts'

/** Everything that happens to users, sessions and keys. */
export const accessEvents = [
  UserInvited,
  UserRoleChanged,
  UserDisabled,
  UserEnabled,
  SignInLinkSent,
  SignedIn,
  SignInRefused,
  SessionEnded,
  SecondFactorEnabled,
  SecondFactorDisabled,
  ApiKeyIssued,
  ApiKeyRevoked,
  SigningKeyMade,
  RecordingPlayed,
  MeetingRecordingPlayed,
  PanelOpened
] as const
