import { randomUUID } from 'node:crypto'
import { canaryRedrive, retryDeadLetter, type ActResult } from '@leadlog/operations'
import type { Context } from '../../context.ts'
import { findLetters, findOpenGroup } from '../../dead-letters/find-letters.ts'
import { openReads } from '../../dead-letters/open-reads.ts'
import { actText, redriveText } from '../../dead-letters/redrive-text.ts'
import { number, text } from '../../declaration/option.ts'
import { defineVerb, manyOrNone, type Answer } from '../../declaration/verb.ts'
import { usageError } from '../../errors.ts'
import { exitCodes } from '../../exit-codes.ts'
import { counted } from '../../output/quantity.ts'
import { OPERATOR } from '../../operator.ts'

export const verb = defineVerb({
  description: [
    'Mend the cause first. The message is read from its stream and given to the handler that gave it up; what that recorded or',
    'sent before is found and not repeated. A group goes dry first where the handler can, then some live one by one, then the',
    'rest; it stops at the first failure that was seen before.'
  ].join('\n'),
  arguments: { ids: manyOrNone('ids of dead letters, or their beginnings') },
  options: {
    group: text('all open ones of this group', { placeholder: '<fingerprint>' }),
    canary: number('of a group: so many go live before the rest', { min: 1, max: 1_000, default: 5 }),
    wait: number('seconds that a service may take for one', { min: 1, max: 86_400, default: 180 }),
    run: text('go on with this run of a group', { placeholder: '<run>' })
  },
  dangerous: true,
  examples: [
    ['leadlog dead-letters retry 3f0c 77ab', 'two of them'],
    ['leadlog dead-letters retry --group 9d2e41c0 --canary 5', 'a whole group, carefully'],
    ['leadlog dead-letters retry --group 9d2e41c0 --run 4b1d --yes', 'go on with a run that was stopped']
  ],
  exitCodes: {
    0: 'all went through',
    1: 'some failed, wait for an answer, or were not tried',
    3: 'there is no such dead letter, or none is open'
  },
  async run(context, { ids, group, canary, wait, run }) {
    if (ids.length > 0 === (group !== undefined)) throw usageError('Say which: ids of dead letters, or --group')
    const timeoutMs = wait * 1_000
    return group === undefined
      ? retrySome(context, ids, timeoutMs)
      : retryGroup(context, { group, canaries: canary, runId: run ?? randomUUID().slice(0, 8), timeoutMs })
  }
})

async function retrySome(context: Context, ids: readonly string[], timeoutMs: number): Promise<Answer> {
  const letters = await findLetters(await openReads(context), ids)
  await context.confirm(`Run ${counted(letters.length, 'message')} through the handlers again, with all effects?`)
  const log = await context.connect.writingLog()
  const key = randomUUID()
  const results: { id: string; result: ActResult }[] = []
  for (const letter of letters) {
    context.signal.throwIfAborted()
    results.push({ id: letter.id, result: await retryDeadLetter(log, letter, { actor: OPERATOR, key, timeoutMs }) })
  }
  return {
    value: { letters: results.map(({ id, result }) => ({ id, ...result })) },
    text: () => results.map(({ id, result }) => actText(id, result, context.out.style)).join('\n'),
    exitCode: results.every(({ result }) => result.kind === 'ok') ? exitCodes.ok : exitCodes.failed
  }
}

async function retryGroup(
  context: Context,
  options: { group: string; canaries: number; runId: string; timeoutMs: number }
): Promise<Answer> {
  const { canaries, runId, timeoutMs } = options
  const { fingerprint, letters } = await findOpenGroup(await openReads(context), options.group)
  await context.confirm(
    `Run ${counted(letters.length, 'message')} of group ${fingerprint} through the handlers again, ${String(Math.min(canaries, letters.length))} of them first?`
  )
  const progress = context.progress('dead letters')
  const report = await canaryRedrive(await context.connect.writingLog(), {
    letters,
    fingerprint,
    runId,
    actor: OPERATOR,
    canaries,
    timeoutMs,
    signal: context.signal,
    onProgress: ({ phase, done, total }) => progress.update({ done, total, label: labels[phase] })
  }).finally(() => progress.stop())
  return {
    value: { fingerprint, ...report },
    text: () => redriveText(report, context.out.style),
    exitCode: report.resolved === report.total ? exitCodes.ok : exitCodes.failed
  }
}

const labels = { simulate: 'tried dry', canary: 'canaries', rest: 'the rest' } as const
