import type { FlowIssue, FlowStep, FlowStepOf } from '@leadlog/contracts'
import { isPhoneNumber } from '../phone-number.ts'
import { placeholdersOf } from './placeholders.ts'
import { promptsOf } from './prompts.ts'
import { callerVariables, type Answers } from './variables.ts'

/** A problem inside a step; the path is relative to it. */
export interface StepIssue {
  readonly code: FlowIssue['code']
  readonly path: string
  readonly message: string
}

/** What is wrong with a step by itself, wherever it stands. */
export function stepIssues(step: FlowStep, answers: Answers): readonly StepIssue[] {
  return [...promptIssues(step, answers), ...kindIssues(step, answers)]
}

function promptIssues(step: FlowStep, answers: Answers): StepIssue[] {
  return promptsOf(step).flatMap(({ prompt, path }) => {
    if ('play' in prompt) {
      return isWebAddress(prompt.play)
        ? []
        : [
            issue(
              'AUDIO_URL_INVALID',
              `${path}/play`,
              'The recording has no address that Twilio could fetch: give an https URL'
            )
          ]
    }
    if (prompt.say.trim() === '') {
      return [issue('PROMPT_MISSING', `${path}/say`, 'The caller would hear nothing. Enter what is to be said')]
    }
    return textIssues(prompt.say, `${path}/say`, answers)
  })
}

function textIssues(text: string, path: string, answers: Answers): StepIssue[] {
  return placeholdersOf(text).flatMap(({ variable, fallback }) => variableIssues(variable, fallback, path, answers))
}

function variableIssues(variable: string, fallback: string | null, path: string, answers: Answers): StepIssue[] {
  const known = callerVariables.get(variable)
  if (known === undefined && !answers.has(variable)) {
    const names = [...callerVariables.keys(), ...answers.names].join(', ')
    return [issue('PROMPT_VARIABLE_UNKNOWN', path, `Nothing is called "${variable}". There are: ${names}`)]
  }
  if (fallback !== null || known?.always === true) return []
  return [
    issue(
      'PROMPT_VARIABLE_WITHOUT_DEFAULT',
      path,
      `"${variable}" is not known of every caller. Say what else is to be heard: {{${variable}|…}}`
    )
  ]
}

function kindIssues(step: FlowStep, answers: Answers): StepIssue[] {
  switch (step.kind) {
    case 'gather':
      return step.minDigits <= step.maxDigits
        ? []
        : [issue('DIGITS_IMPOSSIBLE', 'minDigits', 'More digits are wanted than are allowed')]
    case 'menu':
      return choiceIssues(step)
    case 'dial':
      return numberIssues(step)
    case 'hours':
      return hoursIssues(step)
    case 'condition':
      return step.cases.flatMap(({ variable }, index) =>
        callerVariables.has(variable) || answers.has(variable)
          ? []
          : [issue('VARIABLE_UNKNOWN', `cases/${index}/variable`, `Nothing is called "${variable}"`)]
      )
    case 'sms':
      return messageIssues(step, answers)
    case 'webhook':
      return isWebAddress(step.url)
        ? []
        : [issue('WEBHOOK_URL_INVALID', 'url', 'The webhook has no address that could be called: give an https URL')]
    default:
      return []
  }
}

function messageIssues({ to, text }: FlowStepOf<'sms'>, answers: Answers): StepIssue[] {
  const issues = textIssues(text, 'text', answers)
  if (text.trim() === '') issues.push(issue('PROMPT_MISSING', 'text', 'The message would be empty. Enter its text'))
  if (to !== 'caller' && !isPhoneNumber(to)) issues.push(issue('NUMBER_INVALID', 'to', numberMessage(to)))
  return issues
}

function choiceIssues({ choices }: FlowStepOf<'menu'>): StepIssue[] {
  if (choices.length === 0) return [issue('CHOICES_MISSING', 'choices', 'A menu needs at least one choice')]
  const seen = new Set<string>()
  return choices.flatMap(({ digit, words = [] }, index) =>
    [digit, ...words.map((word) => word.toLowerCase())].flatMap((key) => {
      if (!seen.has(key)) {
        seen.add(key)
        return []
      }
      return [issue('CHOICE_TWICE', `choices/${index}`, `"${key}" stands for two choices`)]
    })
  )
}

function numberIssues({ numbers }: FlowStepOf<'dial'>): StepIssue[] {
  if (numbers.length === 0) return [issue('NUMBERS_MISSING', 'numbers', 'Nobody is dialled. Enter a number')]
  return numbers.flatMap((number, index) =>
    isPhoneNumber(number) ? [] : [issue('NUMBER_INVALID', `numbers/${index}`, numberMessage(number))]
  )
}

export function numberMessage(number: string): string {
  return `"${number}" is no phone number. Write it in E.164, such as +14155550142`
}

function hoursIssues({ schedule }: FlowStepOf<'hours'>): StepIssue[] {
  const issues: StepIssue[] = []
  if (!isTimeZone(schedule.timeZone)) {
    const message = `"${schedule.timeZone}" is no time zone. Write its IANA name, such as Europe/Rome`
    issues.push(issue('TIME_ZONE_UNKNOWN', 'schedule/timeZone', message))
  }
  schedule.open.forEach(({ from, to }, index) => {
    if (from < to) return
    const message = `Opens at ${from} and closes at ${to}. Over midnight takes two entries: until 24:00, and from 00:00`
    issues.push(issue('HOURS_IMPOSSIBLE', `schedule/open/${index}`, message))
  })
  schedule.holidays.forEach(({ date }, index) => {
    if (isDate(date)) return
    issues.push(issue('DATE_IMPOSSIBLE', `schedule/holidays/${index}/date`, `The calendar has no ${date}`))
  })
  return issues
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return name !== ''
  } catch {
    return false
  }
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && url.protocol === 'https:' && url.username === ''
}

function issue(code: FlowIssue['code'], path: string, message: string): StepIssue {
  return { code, path, message }
}
