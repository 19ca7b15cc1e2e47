import { counter } from '@leadlog/service'

/** What callers were answered. */
export const voiceAnswers = counter(
  'leadlog_voice_answers_total',
  "Answers to Twilio's requests, by what became of the call",
  {
    route: 'voice, continue, fallback',
    outcome: 'waiting, ended, fell-back, failed (an error sent it to the fallback)'
  }
)
