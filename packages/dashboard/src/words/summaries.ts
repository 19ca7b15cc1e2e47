import { appointment } from './format.ts'
import { deliveryName, handlerName, nameOf, sentence } from './names.ts'
import { statusLook } from './status.ts'

/** Names that the log writes in small letters wherever they stand in a line. */
const RAW_NAMES = /\b(zoho|hubspot|readai|calendly|gemini|openai|slack|meddic|lead-intel)\b/g
const NAMES_IN_LINES: Readonly<Record<string, string>> = { meddic: 'MEDDIC', 'lead-intel': 'Booking answers' }
const MOMENT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g

/** Lines that are more than names and moments, by how the log writes them. */
const LINES: readonly (readonly [form: RegExp, words: (...parts: string[]) => string])[] = [
  [/^(\S+) sent (\S+)$/, (provider = '', type = '') => `${nameOf(provider)}: ${deliveryName(type)}`],
  [/^Status (\S+) → (\S+)$/, (from = '', to = '') => `${leadStatus(from)} → ${leadStatus(to)}`],
  [/^(\S+): (\S+) reads$/, (kind = '', by = '') => `${kindName(kind)}, read by ${reader(by)}`],
  [/^(\S+): nothing new to read$/, (kind = '') => `${kindName(kind)}: nothing new to read`],
  [/^(\S+) by (\S+) taken over$/, (kind = '', by = '') => `${kindName(kind)} taken over, read by ${reader(by)}`],
  [/^Booking read by (\S+)$/, (by = '') => `Booking read by ${reader(by)}`],
  [/^Transcript \((\S+)\) read by (\S+)$/, (verdict = '', by = '') => `Transcript, ${verdict}, read by ${reader(by)}`],
  [/^Changes nothing: (\S+)$/, (reason = '') => `Changes nothing: ${sentence(reason).toLowerCase()}`],
  [
    /^([\w-]+)\/([\w-]+) (failed|gave up) at attempt (\d+): (\S+)$/,
    (_service = '', handler = '', what = '', attempt = '', code = '') =>
      `${handlerName(handler)} ${what} at attempt ${attempt}: ${code}`
  ],
  [/^DRY_RUN: (\S+) not sent$/, (kind = '') => `Dry run: ${kind} not sent`]
]

/** One line about an event, as the log tells it → as a person says it. */
export function summaryWords(line: string): string {
  for (const [form, words] of LINES) {
    const parts = form.exec(line)
    if (parts !== null) return words(...parts.slice(1))
  }
  return line
    .replace(MOMENT, (moment) => appointment(moment))
    .replace(RAW_NAMES, (name) => NAMES_IN_LINES[name] ?? nameOf(name))
}

function leadStatus(state: string): string {
  return statusLook('lead', state).word
}

function kindName(kind: string): string {
  return NAMES_IN_LINES[kind] ?? sentence(kind)
}

function reader(provider: string): string {
  return provider === 'rules' ? 'rules' : nameOf(provider)
}
