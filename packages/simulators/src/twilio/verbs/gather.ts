import type { CallRun, Next } from '../call-run.ts'
import type { TwimlElement } from '../twiml-document.ts'

const DEFAULT_TIMEOUT_SECONDS = 5

/** Asks for keys or words. */
export const gather = async (run: CallRun, verb: TwimlElement, url: string): Promise<Next> => {
  for (const sound of verb.children) await run.sound(sound)
  const { input = 'dtmf', numDigits, finishOnKey = '#', timeout, actionOnEmptyResult } = verb.attributes
  const act = run.acts.shift()
  if (act?.do === 'hang-up') return run.hangUp()
  // Without an action the same document comes again.
  const action = new URL(verb.attributes.action ?? url, url).href
  if (act?.do === 'press' && input.includes('dtmf')) {
    const until = finishOnKey === '' ? -1 : act.digits.indexOf(finishOnKey)
    const typed = until === -1 ? act.digits : act.digits.slice(0, until)
    const digits = typed.slice(0, numDigits === undefined ? undefined : Number(numDigits))
    if (digits !== '') return run.ask(action, { Digits: digits, FinishedOnKey: until === -1 ? '' : finishOnKey })
  }
  if (act?.do === 'speak' && input.includes('speech') && act.text.trim() !== '') {
    run.says('caller', act.text)
    await run.pass(act.text.length / 15)
    return run.ask(action, {
      SpeechResult: act.text,
      Confidence: '0.9219571',
      Language: verb.attributes.language ?? 'en-US'
    })
  }
  await run.pass(timeout === undefined || timeout === 'auto' ? DEFAULT_TIMEOUT_SECONDS : Number(timeout))
  return actionOnEmptyResult === 'true' ? run.ask(action, input.includes('dtmf') ? { Digits: '' } : {}) : 'next'
}
