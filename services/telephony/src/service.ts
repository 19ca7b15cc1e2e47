import {
  CallAdvanced,
  CallCancelRequested,
  CallConnected,
  CallEnded,
  CallFellBack,
  CallPlaced,
  CallPriced,
  CallReceived,
  CallRecordingReported,
  CallSmsRequested,
  CallStatusReported,
  CallTransferProgressed,
  CallWebhookRequested,
  ContactSuppressed,
  DialPlaced,
  RecordingDeleted,
  RecordingPriced,
  SmsDispatched,
  SmsHeld,
  SmsNotSent,
  SmsPriced,
  SmsSent,
  SmsSidTaken,
  SmsStatusReported
} from '@leadlog/contracts'
import { checkFiles } from '@leadlog/files'
import {
  defineService,
  effectsUnresolved,
  openEffectLedger,
  rotatingSecrets,
  testIntegrationsCommand
} from '@leadlog/service'
import type { CountryCode } from 'libphonenumber-js'
import { voiceAnswers } from './call/voice.metrics.ts'
import { voiceRoutes } from './call/voice.routes.ts'
import { attributeCalls } from './caller/attribute-calls.reactor.ts'
import { attributeMessages } from './caller/attribute-messages.reactor.ts'
import { forgetCallers } from './caller/forget-callers.reactor.ts'
import { linkCallers } from './caller/link-callers.reactor.ts'
import { telephonyConfig } from './config.ts'
import type { TelephonyDeps } from './deps.ts'
import { changeConferences } from './conference/change-conferences.reactor.ts'
import {
  addParticipantCommand,
  createConferenceCommand,
  endConferenceCommand,
  holdParticipantCommand,
  muteParticipantCommand,
  removeParticipantCommand
} from './conference/conference.commands.ts'
import { cancelCallCommand } from './dial/cancel-call.command.ts'
import { endCanceledCalls } from './dial/end-canceled-calls.reactor.ts'
import { placeCallCommand } from './dial/place-call.command.ts'
import { placeCalls } from './dial/place-calls.reactor.ts'
import { openFlowBook } from './flow/flow-book.ts'
import { publishFlowCommand, rollBackFlowCommand, saveFlowCommand } from './flow/flow.commands.ts'
import { TELEPHONY_SCHEMA, telephonyMigrations } from './migrations.ts'
import { assignNumberCommand } from './number/assign-number.command.ts'
import { isPhoneNumber } from './number/phone-number.ts'
import { deleteAtTwilio } from './recording/delete-at-twilio.reactor.ts'
import { deleteErasedRecordings } from './recording/delete-erased.reactor.ts'
import { deleteRecordingCommand } from './recording/delete-recording.command.ts'
import { keepRecordings } from './recording/keep-recordings.ts'
import { recordingOutcomes } from './recording/recording.metrics.ts'
import { storeRecordings } from './recording/store-recordings.reactor.ts'
import { withoutSideEffects } from './recording/without-side-effects.ts'
import { cancelSmsCommand } from './sms/cancel-sms.command.ts'
import { followSms } from './sms/follow-sms.reactor.ts'
import { saveSmsTemplateCommand } from './sms/save-sms-template.command.ts'
import { sendCallSms } from './sms/send-call-sms.reactor.ts'
import { sendSmsCommand } from './sms/send-sms.command.ts'
import { smsOldestDue, smsOutcomes, smsWaiting } from './sms/sms.metrics.ts'
import { startSms } from './sms/start-sms.ts'
import { endSilentCalls, setSilenceTimers } from './polling/silent-calls.reactors.ts'
import { startPolling, twilioPolls } from './polling/start-polling.ts'
import { startPricing } from './price/start-pricing.ts'
import { parseQuietHours } from './suppression/parse-quiet-hours.ts'
import { releaseContactCommand, suppressContactCommand } from './suppression/suppression.commands.ts'
import { transferCalls } from './transfer/transfer-calls.reactor.ts'
import { completeTransferCommand, transferCallCommand } from './transfer/transfer.commands.ts'
import { transferRoutes } from './transfer/transfer.routes.ts'
import { watchTransfers } from './transfer/watch-transfers.ts'
import { connectTwilio } from './twilio/connect-twilio.ts'
import { followTwilio } from './twilio/follow-twilio.reactor.ts'
import { callWebhooks } from './webhook/call-webhooks.reactor.ts'
import { connectWebhooks } from './webhook/connect-webhooks.ts'

/** Of what Twilio sends: speech is a few kilobytes at most, and a token's check costs by the size of what nobody has verified yet. */
const FORM_LIMIT = 64 * 1024

/** Answers the phone. */
export const telephony = defineService({
  name: 'telephony',
  description: 'Answers calls on Twilio: takes callers through published flows, and keeps what became of each call.',
  defaultPort: 8082,
  config: telephonyConfig,
  check: (config, report) => {
    if (config.fallbackNumber !== undefined && !isPhoneNumber(config.fallbackNumber)) {
      report('fallbackNumber', 'must be a phone number in E.164, such as +14155550142')
    }
    if (config.twilioAccountSid !== undefined && !/^AC[0-9a-fA-F]{32}$/.test(config.twilioAccountSid)) {
      report('twilioAccountSid', 'must be AC and 32 hexadecimal digits, as the console shows it')
    }
    if (config.smsNumber !== undefined && !isPhoneNumber(config.smsNumber) && !/^\d{3,8}$/.test(config.smsNumber)) {
      report('smsNumber', 'must be a phone number in E.164, such as +16465550100, or a short code')
    }
    checkFiles(config, report)
    if (parseQuietHours(config.quietHours) === null) report('quietHours', 'must read 21:00-08:00, or none')
  },
  // What happens at Twilio needs the ledger; the phone is answered without.
  uses: { postgres: 'aside', redis: true },
  metrics: [voiceAnswers, recordingOutcomes, effectsUnresolved, smsOutcomes, smsWaiting, smsOldestDue, twilioPolls],
  migrations: telephonyMigrations,
  setup: async (context): Promise<TelephonyDeps> => {
    const { config, keyring, log, logger, clock, metrics, onStop, postgres, readiness } = context
    const authTokens = rotatingSecrets(config.twilioAuthToken)
    if (authTokens.length === 0) {
      logger.warn({ variable: 'TWILIO_AUTH_TOKEN' }, 'Twilio cannot be verified: calls get an apology until it is set')
    }
    if (config.publicUrl === undefined) {
      logger.warn(
        { variable: 'PUBLIC_URL' },
        'signatures are checked against the host of each request: set it for Twilio'
      )
    }
    const flows = await openFlowBook(context)
    onStop(() => flows.stop())
    const { twilio, asking, integration } = connectTwilio(context, authTokens)
    const publicUrl = config.publicUrl?.replace(/\/+$/, '')
    const effects =
      postgres === undefined
        ? null
        : openEffectLedger(context, postgres.db, {
            schema: TELEPHONY_SCHEMA,
            leaseSeconds: config.effectLeaseSeconds,
            ttlSeconds: config.effectTtlSeconds,
            keepNewestBy: null
          })
    const deps: TelephonyDeps = {
      log,
      flows,
      callerId: (number) => keyring.fingerprint('caller', number),
      webhooks: keyring,
      webhookCaller: connectWebhooks(context),
      country: config.country.toUpperCase() as CountryCode,
      authTokens,
      publicUrl,
      twilio,
      ...keepRecordings(context, twilio),
      integrations: [integration],
      privateHosts: config.privateHosts,
      effects,
      voiceUrl: config.telephonyUrl ?? publicUrl,
      ingestUrl: config.ingestUrl ?? publicUrl,
      fallbackNumber: config.fallbackNumber ?? null,
      smsNumber: config.smsNumber ?? null,
      renewKey: (personId) => keyring.renewKey(personId),
      quietHours: parseQuietHours(config.quietHours) ?? { from: '00:00', until: '00:00' },
      answered: metrics.counter(voiceAnswers),
      clock,
      logger
    }
    startSms(context, deps)
    if (asking !== null) {
      const pollAfterMs = config.pollAfterSeconds * 1_000
      const polls = metrics.counter(twilioPolls)
      onStop(watchTransfers(log, deps))
      const priceAfterMs = config.priceAfterSeconds * 1_000
      const common = { log, polls, clock, logger, readiness }
      onStop(startPricing({ ...common, twilio: asking.twilio.inLane('bulk'), priceAfterMs }))
      onStop(startPolling({ ...common, twilio: asking.twilio, callerId: deps.callerId, pollAfterMs }))
      onStop(asking.stopWaiting)
    }
    return deps
  },
  reactors: [
    linkCallers,
    attributeCalls,
    attributeMessages,
    forgetCallers,
    followTwilio,
    followSms,
    sendCallSms,
    callWebhooks,
    placeCalls,
    endCanceledCalls,
    changeConferences,
    transferCalls,
    setSilenceTimers,
    endSilentCalls,
    storeRecordings,
    deleteErasedRecordings,
    deleteAtTwilio
  ],
  commands: [
    saveFlowCommand,
    publishFlowCommand,
    rollBackFlowCommand,
    assignNumberCommand,
    sendSmsCommand,
    cancelSmsCommand,
    saveSmsTemplateCommand,
    placeCallCommand,
    cancelCallCommand,
    createConferenceCommand,
    addParticipantCommand,
    muteParticipantCommand,
    holdParticipantCommand,
    removeParticipantCommand,
    endConferenceCommand,
    transferCallCommand,
    completeTransferCommand,
    suppressContactCommand,
    releaseContactCommand,
    deleteRecordingCommand,
    testIntegrationsCommand('telephony')
  ],
  // Nothing of Twilio: what was tried must not ring anybody.
  simulate: withoutSideEffects,
  projections: [],
  appends: [
    CallReceived,
    CallStatusReported,
    CallEnded,
    CallRecordingReported,
    SmsStatusReported,
    CallAdvanced,
    CallSmsRequested,
    CallWebhookRequested,
    CallFellBack,
    SmsDispatched,
    SmsHeld,
    SmsSent,
    SmsNotSent,
    SmsSidTaken,
    ContactSuppressed,
    CallConnected,
    CallPlaced,
    DialPlaced,
    RecordingDeleted,
    CallTransferProgressed,
    CallCancelRequested,
    CallPriced,
    SmsPriced,
    RecordingPriced
  ],
  routes: (app, deps: TelephonyDeps) => {
    voiceRoutes(app, deps)
    transferRoutes(app, deps)
  },
  bodyLimit: () => FORM_LIMIT
})
