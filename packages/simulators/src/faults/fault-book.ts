import { seededChoice, seededUnit } from '../seeded.ts'
import type { VendorName } from '../vendors.ts'
import { answerFaults, callbackFaults } from './fault-rule.ts'
import type { FaultKind, FaultRule } from './fault-rule.ts'

/** A rule with what it has done so far. */
export interface FaultRuleState {
  rule: FaultRule & { id: string }
  /** Calls that the rule was asked about. */
  seen: number
  /** Calls that it hit. */
  hits: number
}

/** The fault that one call gets. */
export interface ChosenFault {
  ruleId: string
  kind: FaultKind
  code?: string
  delayMs?: number
  retryAfterSeconds?: number
}

export interface VendorCallKey {
  vendor: VendorName
  /** `METHOD /path`, the path without the vendor's prefix and query. */
  route: string
}

/** The list of fault rules in force. */
export interface FaultBook {
  set(rules: readonly FaultRule[]): void
  add(rule: FaultRule): void
  remove(id: string): boolean
  list(): FaultRuleState[]
  /** The fault of this call, if any; the first rule that hits decides. */
  next(call: VendorCallKey): ChosenFault | undefined
}

const DEFAULT_SEED = 'leadlog'
const languageModels: readonly VendorName[] = ['gemini', 'openai']

const kindsOf = (rule: FaultRule): FaultKind[] => (Array.isArray(rule.kind) ? rule.kind : [rule.kind])

const isAnswerFault = (kind: FaultKind): boolean => answerFaults.some((known) => known === kind)
const isCallbackFault = (kind: FaultKind): boolean => callbackFaults.some((known) => known === kind)

/** Whether a kind can befall the call: callbacks have kinds of their own, answers of language models too. */
const befalls = (kind: FaultKind, { vendor, route }: VendorCallKey): boolean => {
  if (route.startsWith('CALLBACK ')) return isCallbackFault(kind)
  return !isCallbackFault(kind) && (languageModels.includes(vendor) || !isAnswerFault(kind))
}

const matches = (rule: FaultRule, call: VendorCallKey): boolean =>
  (rule.vendor === '*' || rule.vendor === call.vendor) &&
  (rule.route === undefined || call.route.includes(rule.route)) &&
  kindsOf(rule).some((kind) => befalls(kind, call))

const hit = (state: FaultRuleState, call: VendorCallKey): ChosenFault | undefined => {
  const { rule } = state
  const seed = rule.seed ?? DEFAULT_SEED
  const number = state.seen
  state.seen += 1
  if (number < (rule.after ?? 0) || state.hits >= (rule.count ?? Infinity)) return undefined
  if (seededUnit(seed, 'hit', number) >= (rule.probability ?? 1)) return undefined
  const kinds = kindsOf(rule).filter((kind) => befalls(kind, call))
  const [first, ...others] = kinds
  if (first === undefined) return undefined
  state.hits += 1
  return {
    ruleId: rule.id,
    kind: seededChoice([first, ...others], seed, 'kind', number),
    ...(rule.code === undefined ? {} : { code: rule.code }),
    ...(rule.delayMs === undefined ? {} : { delayMs: rule.delayMs }),
    ...(rule.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: rule.retryAfterSeconds })
  }
}

const freshState = (rule: FaultRule, index: number): FaultRuleState => ({
  rule: { ...rule, id: rule.id ?? `rule-${index}` },
  seen: 0,
  hits: 0
})

export const createFaultBook = (): FaultBook => {
  let states: FaultRuleState[] = []
  let added = 0
  return {
    set: (rules) => {
      states = rules.map(freshState)
      added = rules.length
    },
    add: (rule) => {
      states = [...states, freshState(rule, added)]
      added += 1
    },
    remove: (id) => {
      const left = states.filter(({ rule }) => rule.id !== id)
      const removed = left.length < states.length
      states = left
      return removed
    },
    list: () => states,
    next: (call) => {
      for (const state of states) {
        const fault = matches(state.rule, call) ? hit(state, call) : undefined
        if (fault !== undefined) return fault
      }
      return undefined
    }
  }
}
