import { choice, optionalSecret, optionalText, optionalUrl, text, type ConfigOf } from '@leadlog/service'

/** For every service that keeps or reads files: where they rest. */
export const fileConfig = {
  fileStore: choice('FILES_STORE', {
    description:
      'where files such as recordings rest, sealed: jetstream (the object store of NATS) or s3 (any bucket that speaks S3)',
    example: 's3',
    default: 'jetstream',
    values: ['jetstream', 's3']
  }),
  filesS3Url: optionalUrl('FILES_S3_URL', {
    description: 'address of the bucket, with its name as path; the bucket must be there',
    example: 'https://s3.eu-central-1.amazonaws.com/leadlog-files',
    protocols: ['https', 'http']
  }),
  filesS3Region: text('FILES_S3_REGION', {
    description: 'region of the bucket; auto for those that have none',
    example: 'eu-central-1',
    default: 'auto'
  }),
  filesS3AccessKeyId: optionalText('FILES_S3_ACCESS_KEY_ID', {
    description: 'id of the key that may list, read, write and delete in the bucket',
    example: 'AKIA…'
  }),
  filesS3SecretAccessKey: optionalSecret('FILES_S3_SECRET_ACCESS_KEY', {
    description: 'secret of the key of the bucket',
    example: '40 characters'
  })
}

export type FileSettings = ConfigOf<typeof fileConfig>

/** Names what the bucket still needs. */
export function checkFiles(config: FileSettings, report: (key: keyof FileSettings, problem: string) => void): void {
  if (config.fileStore !== 's3') return
  for (const key of ['filesS3Url', 'filesS3AccessKeyId', 'filesS3SecretAccessKey'] as const) {
    if (config[key] === undefined) report(key, 'is missing; needed since FILES_STORE is s3')
  }
}
