export { createTwilioClient, type TwilioClientOptions } from './create-twilio-client.ts'
export { twilioCodeOf } from './refusal.ts'
export type { RecordingMedia, TwilioClient, TwilioConnection } from './twilio-client.ts'
export type { CallEventName, CallUpdate, NewCall, TwilioCall, TwilioCallStatus } from './call.ts'
export type { NewMessage, TwilioMessage, TwilioMessageStatus } from './message.ts'
export type {
  ConferenceEventName,
  ConferenceUpdate,
  NewParticipant,
  ParticipantUpdate,
  TwilioConference,
  TwilioParticipant
} from './conference.ts'
export type { TwilioAccount } from './account.ts'
export type { TwilioRecording } from './recording.ts'
export type { TwilioPrice } from './price.ts'
