import { newEvent, SaveSmsTemplate, SmsTemplateSaved } from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import { smsTooLong, templateInvalid } from '../errors.ts'
import { segmentsOf } from './segments.ts'
import { templateOf, templateProblem, templateRef } from './template.ts'

/** A text for messages is saved, if every placeholder in it is known. */
export const saveSmsTemplateCommand = defineCommandHandler({
  command: SaveSmsTemplate,
  emits: [SmsTemplateSaved],
  handle: async ({ templateId, name, text, variables = [] }, _deps: unknown, { transact, load }) => {
    const problem = templateProblem(text, variables)
    if (problem !== null) return templateInvalid(problem)
    const counted = segmentsOf(text)
    if (counted.tooLong) return smsTooLong(counted)
    const ref = templateRef(templateId)
    await transact({
      load: [ref],
      decide: ([history]) => {
        const before = templateOf(history?.events ?? [])
        if (before?.name === name && before.text === text && String(before.variables) === String(variables)) return []
        const version = (before?.version ?? 0) + 1
        return [newEvent(SmsTemplateSaved, templateId, { templateId, version, name, text, variables })]
      }
    })
    const { version } = templateOf((await load(ref)).events) ?? { version: 1 }
    return { templateId, version, encoding: counted.encoding, segments: counted.segments }
  }
})
