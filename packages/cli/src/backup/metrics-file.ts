import { rename, writeFile } from 'node:fs/promises'

/** When the last backup succeeded, in the form that Prometheus' node exporter collects from a folder of files. */
export async function writeMetricsFile(file: string, facts: { finishedAt: Date; bytes: number }): Promise<void> {
  const lines = [
    '# HELP leadlog_backup_last_success_timestamp_seconds When the last backup of the data and the keys was finished.',
    '# TYPE leadlog_backup_last_success_timestamp_seconds gauge',
    `leadlog_backup_last_success_timestamp_seconds ${Math.floor(facts.finishedAt.getTime() / 1_000)}`,
    '# HELP leadlog_backup_last_size_bytes Size of the last backup as stored.',
    '# TYPE leadlog_backup_last_size_bytes gauge',
    `leadlog_backup_last_size_bytes ${facts.bytes}`
  ]
  // Whole or not at all: the collector may read at any moment.
  await writeFile(`${file}.unfinished`, `${lines.join('\n')}\n`)
  await rename(`${file}.unfinished`, file)
}
