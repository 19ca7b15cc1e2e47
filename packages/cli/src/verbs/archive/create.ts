import { archiveOptions, openArchive } from '../../archive/archive-place.ts'
import { sliceFacts, slicesText } from '../../archive/slice-text.ts'
import { readBackupKey } from '../../backup/backup-places.ts'
import { followProgress } from '../../backup/follow-progress.ts'
import { unixSeconds, writeMetricsFile } from '../../backup/metrics-file.ts'
import { moment } from '../../declaration/moment.ts'
import { flag, text } from '../../declaration/option.ts'
import { timeOf } from '../../declaration/time-of.ts'
import { defineVerb } from '../../declaration/verb.ts'
import { usageError } from '../../errors.ts'
import { count } from '../../output/quantity.ts'

export const verb = defineVerb({
  description:
    'Messages are written as they are stored: personal fields and bodies stay sealed, and their keys are not archived, so ' +
    'that what is erased can be read in no archive. Nothing is removed from the streams. Run again, or after an ' +
    'interruption, it goes on where the archive ends.',
  options: {
    to: archiveOptions.from,
    before: moment('archive what was stored before; the first of this month by default'),
    events: flag('archive EVENTS too, which never expires by itself'),
    metricsFile: text('a file that says when a stream loses what is not archived, for the node exporter', {
      placeholder: '<file>'
    })
  },
  examples: [
    ['leadlog archive create --to /archive --before 2026-11-01', 'into a folder'],
    [
      "leadlog archive create --to 's3://leadlog-archive/prod?region=eu-central-1' --events",
      'into a bucket, events too'
    ]
  ],
  async run(context, { to, before: given, events, metricsFile }) {
    const now = context.now()
    const before = timeOf('--before', given) ?? firstOfMonth(now)
    if (before > now) throw usageError(`--before must be in the past, not ${before.toISOString()}`)
    const [store, backupKey, log] = [
      await openArchive(context, to, '--to'),
      await readBackupKey(context),
      await context.connect.writingLog()
    ]
    const { createArchive } = await import('@leadlog/backup')
    const progress = followProgress(context)
    const archived = await createArchive({
      log,
      store,
      backupKey,
      streams: events ? ['INGEST', 'EVENTS'] : ['INGEST'],
      before,
      now,
      signal: context.signal,
      onProgress: progress.onProgress
    }).finally(() => progress.stop())
    if (metricsFile !== undefined) {
      await writeMetricsFile(metricsFile, [
        {
          name: 'leadlog_archive_next_expiry_timestamp_seconds',
          help: 'When a stream loses its first message that the archive does not hold, unless it is archived before.',
          values: archived.flatMap(({ stream, nextExpiry }) =>
            nextExpiry === null ? [] : [{ labels: { stream }, value: unixSeconds(nextExpiry) }]
          )
        }
      ])
    }
    const made = archived.flatMap((stream) => stream.made)
    return {
      value: {
        before: before.toISOString(),
        streams: archived.map(({ stream, upTo, gone, nextExpiry, made }) => ({
          stream,
          upTo,
          gone,
          nextExpiry: nextExpiry?.toISOString() ?? null,
          slices: made.map(sliceFacts)
        }))
      },
      text: () =>
        [
          made.length === 0 ? 'nothing new to archive' : slicesText(made, context.out.style),
          ...archived.flatMap(({ stream, gone }) =>
            gone === null
              ? []
              : [
                  context.out.style.warn(
                    `${stream}: ${count(gone.from)}–${count(gone.to)} had left the stream before they were archived`
                  )
                ]
          ),
          ...archived.map(({ stream, upTo, nextExpiry }) => {
            const lost = nextExpiry === null ? '' : `; what comes after leaves it from ${dayOf(nextExpiry)} on`
            return `${stream} is archived up to ${count(upTo)}${lost}`
          })
        ].join('\n')
    }
  }
})

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}

function firstOfMonth(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))
}
