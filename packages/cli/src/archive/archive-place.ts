import type { BackupStore } from '@leadlog/backup'
import type { Context } from '../context.ts'
import { text } from '../declaration/option.ts'
import { notConfigured } from '../errors.ts'

/** The option by which the verbs that read find the archive. */
export const archiveOptions = {
  from: text('where the archive is: a folder, or s3://bucket/prefix?endpoint=…; ARCHIVE_URL otherwise', {
    placeholder: '<place>'
  })
}

/** @throws CliError CLI_NOT_CONFIGURED that names the option and the variable */
export async function openArchive(context: Context, given: string | undefined, option: string): Promise<BackupStore> {
  const place = given ?? (await context.connect.config()).archiveUrl
  if (place === undefined) {
    throw notConfigured(`It is not known where the archive is: give ${option} <place>, or set ARCHIVE_URL`)
  }
  const { openStore } = await import('@leadlog/backup')
  const store = openStore(place)
  context.connect.onClose(() => store.close())
  return store
}

/** `NATS_PREFIX`: which system of the archive is meant. */
export async function archivePrefix(context: Context): Promise<string> {
  return (await context.connect.config()).natsPrefix
}
