import type { ChosenFault } from '../faults/fault-book.ts'
import { isJsonObject, parseJson } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { sha256Hex } from '../seeded.ts'
import { schemaAnswer } from './schema-answer.ts'

export type LanguageModel = 'gemini' | 'openai'

/** What a model is asked, the same for every vendor's form of request. */
export interface ModelPrompt {
  vendor: LanguageModel
  system: string
  user: string
  /** The JSON schema of the answer, where one is asked for. */
  schema: JsonObject | undefined
  wantsJson: boolean
  maxOutputTokens: number | undefined
}

/** An answer laid down beforehand for prompts that have this hash or contain this text. */
export interface ScriptedAnswer {
  vendor?: LanguageModel
  promptHash?: string
  contains?: string
  /** Sent as it is where it is a text, else as JSON. */
  answer: JsonValue
}

export interface ModelAnswer {
  text: string
  /** `blocked` has no text, `cut` only the beginning of it. */
  ending: 'whole' | 'cut' | 'blocked'
  promptTokens: number
  answerTokens: number
}

/** A prompt that was answered, for writing scripts and for assertions. */
export interface AnsweredPrompt {
  vendor: LanguageModel
  promptHash: string
  repair: boolean
  scripted: boolean
  beginning: string
}

export interface AnswerBook {
  answer(prompt: ModelPrompt, fault: ChosenFault | undefined): ModelAnswer
  /** Answers for the next prompts, whatever they ask, in order. */
  queue(answers: readonly JsonValue[], vendor?: LanguageModel): void
  script(scripts: readonly ScriptedAnswer[]): void
  scripts(): readonly ScriptedAnswer[]
  /** The latest prompts. */
  prompts(): readonly AnsweredPrompt[]
  /** How many prompts were answered. */
  answered(): number
  clear(): void
}

/** The usual estimate of vendors' documentation. */
const CHARACTERS_PER_TOKEN = 4
const KEPT_PROMPTS = 200
const BEGINNING = 160

const tokens = (text: string): number => Math.max(1, Math.ceil(text.length / CHARACTERS_PER_TOKEN))

/** Names a prompt in scripts: SHA-256 over the system text, a line feed, and the user's text. */
export const promptHash = (prompt: Pick<ModelPrompt, 'system' | 'user'>): string =>
  sha256Hex(`${prompt.system}\n${prompt.user}`)

/** A schema written into the prompt, for requests that ask for JSON without one. */
const schemaInText = (prompt: ModelPrompt): JsonObject | undefined => {
  const text = `${prompt.system}\n${prompt.user}`
  const from = text.indexOf('{')
  for (let to = text.lastIndexOf('}'); from >= 0 && to > from; to = text.lastIndexOf('}', to - 1)) {
    const parsed = parseJson(text.slice(from, to + 1))
    if (isJsonObject(parsed)) return isJsonObject(parsed.properties) ? parsed : undefined
  }
  return undefined
}

const ownAnswer = (prompt: ModelPrompt): string => {
  const schema = prompt.schema ?? (prompt.wantsJson ? schemaInText(prompt) : undefined)
  const summary: JsonObject = { type: 'object', properties: { summary: { type: 'string' } } }
  if (schema !== undefined || prompt.wantsJson) return JSON.stringify(schemaAnswer(schema ?? summary, prompt.user))
  const plain = schemaAnswer(summary, prompt.user)
  return isJsonObject(plain) && typeof plain.summary === 'string' ? plain.summary : ''
}

const withoutLastProperty = (text: string): string => {
  const parsed = parseJson(text)
  return isJsonObject(parsed) ? JSON.stringify(Object.fromEntries(Object.entries(parsed).slice(0, -1))) : text
}

const spoil = (text: string, kind: ChosenFault['kind']): string => {
  switch (kind) {
    case 'fenced':
      return `Here is the JSON you asked for:\n\`\`\`json\n${text}\n\`\`\``
    case 'invalid-json':
      return `${text.slice(0, -1)}, "note": 'single quotes'`
    case 'invalid-schema':
      return withoutLastProperty(text)
    case 'truncated':
      return text.slice(0, Math.ceil(text.length / 3))
    default:
      return text
  }
}

const spoilsAnswer = (fault: ChosenFault | undefined): boolean =>
  fault !== undefined && ['invalid-json', 'invalid-schema', 'truncated'].includes(fault.kind)

/** Faults with this code also spoil the answer to the request that asks for a repair. */
const ALWAYS = 'always'

export const createAnswerBook = (): AnswerBook => {
  let scripted: readonly ScriptedAnswer[] = []
  let queued: { vendor: LanguageModel | undefined; answer: JsonValue }[] = []
  let latest: AnsweredPrompt[] = []
  let count = 0
  /** What was spoiled, so that the request to repair it gets the answer that the first one should have had. */
  let spoiled: { user: string; sent: string; text: string }[] = []

  const toText = (answer: JsonValue): string => (typeof answer === 'string' ? answer : JSON.stringify(answer))

  const fromQueue = (vendor: LanguageModel): string | undefined => {
    const index = queued.findIndex((entry) => entry.vendor === undefined || entry.vendor === vendor)
    const [entry] = index < 0 ? [] : queued.splice(index, 1)
    return entry === undefined ? undefined : toText(entry.answer)
  }

  const fromScripts = (prompt: ModelPrompt): string | undefined => {
    const hash = promptHash(prompt)
    const script = scripted.find(
      ({ vendor, promptHash: wanted, contains }) =>
        (vendor === undefined || vendor === prompt.vendor) &&
        (wanted === undefined || wanted === hash) &&
        (contains === undefined || prompt.user.includes(contains))
    )
    return script === undefined ? undefined : toText(script.answer)
  }

  return {
    answer: (prompt, fault) => {
      const repaired = spoiled.find(({ user, sent }) =>
        prompt.user === user ? false : prompt.user.includes(user) || prompt.user.includes(sent)
      )
      const script = fromQueue(prompt.vendor) ?? fromScripts(prompt)
      const whole = script ?? repaired?.text ?? ownAnswer(prompt)
      const applied = repaired !== undefined && fault?.code !== ALWAYS ? undefined : fault
      const text = applied === undefined ? whole : spoil(whole, applied.kind)
      if (spoilsAnswer(applied))
        spoiled = [...spoiled.slice(-KEPT_PROMPTS), { user: prompt.user, sent: text, text: whole }]
      count += 1
      latest = [
        ...latest.slice(-KEPT_PROMPTS),
        {
          vendor: prompt.vendor,
          promptHash: promptHash(prompt),
          repair: repaired !== undefined,
          scripted: script !== undefined,
          beginning: prompt.user.slice(0, BEGINNING)
        }
      ]
      const limit = (prompt.maxOutputTokens ?? Infinity) * CHARACTERS_PER_TOKEN
      const sent = text.slice(0, limit)
      return {
        text: sent,
        ending:
          applied?.kind === 'blocked'
            ? 'blocked'
            : applied?.kind === 'truncated' || text.length > limit
              ? 'cut'
              : 'whole',
        promptTokens: tokens(prompt.system + prompt.user),
        answerTokens: tokens(sent)
      }
    },
    queue: (answers, vendor) => {
      queued = [...queued, ...answers.map((answer) => ({ vendor, answer }))]
    },
    script: (scripts) => {
      scripted = scripts
    },
    scripts: () => scripted,
    prompts: () => latest,
    answered: () => count,
    clear: () => {
      scripted = []
      queued = []
      latest = []
      count = 0
      spoiled = []
    }
  }
}
