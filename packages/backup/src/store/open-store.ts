import type { BackupStore } from './backup-store.ts'
import { folderStore } from './folder-store.ts'
import { s3Store } from './s3-store.ts'

/**
 * The store that an address names: a path (`/backups`, `file:///backups`), or
 * `s3://bucket/prefix?endpoint=http://host:9000&region=eu-central-1`. Credentials of a bucket come from the environment,
 * a profile or the machine's role, never from the address.
 */
export function openStore(address: string): BackupStore {
  if (address.startsWith('file://')) return folderStore(decodeURIComponent(new URL(address).pathname))
  if (!address.startsWith('s3://')) return folderStore(address)
  const url = new URL(address)
  return s3Store({
    bucket: url.hostname,
    prefix: url.pathname.split('/').filter(Boolean).join('/'),
    endpoint: url.searchParams.get('endpoint') ?? undefined,
    region: url.searchParams.get('region') ?? undefined
  })
}
