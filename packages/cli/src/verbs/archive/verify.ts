import { archiveOptions, archivePrefix, openArchive } from '../../archive/archive-place.ts'
import { readBackupKey } from '../../backup/backup-places.ts'
import { followProgress } from '../../backup/follow-progress.ts'
import { defineVerb } from '../../declaration/verb.ts'
import { bytes, count, counted } from '../../output/quantity.ts'

export const verb = defineVerb({
  description: 'Every chunk is there, as it was written, in its place, and opens; every message is there, in order.',
  options: archiveOptions,
  examples: [['leadlog archive verify --from /archive', 'reads everything']],
  exitCodes: { 1: 'the archive cannot be relied on' },
  async run(context, { from }) {
    const store = await openArchive(context, from, '--from')
    const [backupKey, prefix] = [await readBackupKey(context), await archivePrefix(context)]
    const { verifyArchive } = await import('@leadlog/backup')
    const progress = followProgress(context)
    const verified = await verifyArchive({ store, backupKey, prefix, onProgress: progress.onProgress }).finally(() =>
      progress.stop()
    )
    const { slices, messages, gaps } = verified
    return {
      value: verified,
      text: () =>
        [
          `${counted(slices, 'slice')} with ${counted(messages, 'message')} read, ${bytes(verified.bytes)}: as written`,
          ...gaps.map(({ stream, from, to }) =>
            context.out.style.warn(`no slice holds ${stream} ${count(from)}–${count(to)}`)
          )
        ].join('\n')
    }
  }
})
