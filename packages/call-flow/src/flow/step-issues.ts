import type { FlowIssue, FlowStep, FlowStepOf } from '@leadlog/contracts'
import { isPhoneNumber } from '../phone-number.ts'
import { placeholdersOf } from './placeholders.ts'
import { promptsOf } from './prompts.ts'
import { callerVariables } from './variables.ts'

/** A problem inside a step; the path is relative to it. */
export interface StepIssue {
  readonly code: FlowIssue['code']
  readonly path: string
  readonly message: string
}

/** Kinds of steps that can be drawn but are not carried out yet. */
const NOT_AVAILABLE: ReadonlySet<FlowStep['kind']> = new Set(['sms', 'webhook'])

/** What is wrong with a step by itself, wherever it stands. */
export function stepIssues(step: FlowStep, answers: ReadonlySet<string>): readonly StepIssue[] {
  return [...promptIssues(step, answers), ...kindIssues(step, answers)]
}

function promptIssues(step: FlowStep, answers: ReadonlySet<string>): StepIssue[] {
  return promptsOf(step).flatMap(({ prompt, path }) => {
    if ('play' in prompt) {
      return isAudioUrl(prompt.play)
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
    return placeholdersOf(prompt.say).flatMap(({ variable, fallback }) =>
      variableIssues(variable, fallback, `${path}/say`, answers)
    )
  })
}

function variableIssues(
  variable: string,
  fallback: string | null,
  path: string,
  answers: ReadonlySet<string>
): StepIssue[] {
  const known = callerVariables.get(variable)
  if (known === undefined && !answers.has(variable)) {
    const names = [...callerVariables.keys(), ...answers].join(', ')
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

function kindIssues(step: FlowStep, answers: ReadonlySet<string>): StepIssue[] {
  if (NOT_AVAILABLE.has(step.kind)) {
    return [issue('STEP_NOT_AVAILABLE', 'kind', `Steps of the kind ${step.kind} are not carried out yet. Take it out`)]
  }
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
    default:
      return []
  }
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

function isAudioUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && url.protocol === 'https:' && url.username === ''
}

function issue(code: FlowIssue['code'], path: string, message: string): StepIssue {
  return { code, path, message }
}
