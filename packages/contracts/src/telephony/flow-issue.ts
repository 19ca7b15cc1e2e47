import { Type, type Static } from '@sinclair/typebox'
import { Nullable, OneOf } from '../scalars.ts'
import { StepId } from './flow-document.ts'

export const flowIssueCodes = [
  'START_MISSING',
  'STEP_ID_TWICE',
  'STEP_UNREACHABLE',
  'STEP_UNKNOWN',
  'STEP_NOT_AVAILABLE',
  'DEAD_END',
  'LOOP_WITHOUT_INPUT',
  'PROMPT_MISSING',
  'PROMPT_VARIABLE_UNKNOWN',
  'PROMPT_VARIABLE_WITHOUT_DEFAULT',
  'AUDIO_URL_INVALID',
  'WEBHOOK_URL_INVALID',
  'NUMBER_INVALID',
  'NUMBERS_MISSING',
  'CHOICES_MISSING',
  'CHOICE_TWICE',
  'DIGITS_IMPOSSIBLE',
  'TIME_ZONE_UNKNOWN',
  'HOURS_IMPOSSIBLE',
  'DATE_IMPOSSIBLE',
  'VARIABLE_UNKNOWN'
] as const

/** What is wrong with a flow, and where. */
export const FlowIssue = Type.Object({
  code: OneOf(...flowIssueCodes),
  step: Nullable(StepId),
  path: Type.String({ description: 'JSON pointer into the document' }),
  message: Type.String()
})
export type FlowIssue = Static<typeof FlowIssue>
