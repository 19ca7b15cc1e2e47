import { randomUUID } from 'node:crypto'
import { discardDeadLetter, type ActResult } from '@leadlog/operations'
import { findLetters } from '../../dead-letters/find-letters.ts'
import { openReads } from '../../dead-letters/open-reads.ts'
import { actText } from '../../dead-letters/redrive-text.ts'
import { text } from '../../declaration/option.ts'
import { defineVerb, manyArguments } from '../../declaration/verb.ts'
import { usageError } from '../../errors.ts'
import { exitCodes } from '../../exit-codes.ts'
import { counted } from '../../output/quantity.ts'
import { OPERATOR } from '../../operator.ts'

export const verb = defineVerb({
  description:
    'The message is never handled; its webhook counts as ignored. The reason is kept: write no names or addresses into it.',
  arguments: { ids: manyArguments('ids of dead letters, or their beginnings') },
  options: { reason: text('why', { placeholder: '<text>' }) },
  dangerous: true,
  examples: [['leadlog dead-letters discard 3f0c --reason "sent by mistake"', 'closes one without handling it']],
  exitCodes: { 1: 'some could not be discarded', 3: 'there is no such dead letter' },
  async run(context, { ids, reason }) {
    if (reason === undefined || reason.trim() === '') throw usageError('Say why: --reason "…"')
    const letters = await findLetters(await openReads(context), ids)
    await context.confirm(`Discard ${counted(letters.length, 'dead letter')}? The messages are then never handled.`)
    const log = await context.connect.writingLog()
    const key = randomUUID()
    const results: { id: string; result: ActResult }[] = []
    for (const letter of letters) {
      results.push({ id: letter.id, result: await discardDeadLetter(log, letter, { actor: OPERATOR, key, reason }) })
    }
    return {
      value: { letters: results.map(({ id, result }) => ({ id, ...result })) },
      text: () => results.map(({ id, result }) => actText(id, result, context.out.style)).join('\n'),
      exitCode: results.every(({ result }) => result.kind === 'ok') ? exitCodes.ok : exitCodes.failed
    }
  }
})
