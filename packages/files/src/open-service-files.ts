import type { DependencyState, ServiceContext } from '@leadlog/service'
import type { fileConfig, FileSettings } from './config.ts'
import type { FileStore } from './file-store.ts'
import { openFileStore } from './open-file-store.ts'

/** Below the time that readiness gives a check: a silent bucket must not make a service unready. */
const CHECK_MS = 1_500
/** A bucket's owner pays for each look. */
const LOOK_AGAIN_MS = 60_000

type FilesContext = Pick<ServiceContext<typeof fileConfig>, 'log' | 'keyring' | 'readiness' | 'logger' | 'clock'> & {
  readonly config: FileSettings & { readonly natsReplicas: number }
}

/**
 * The store of files of a service. A bucket that cannot be used is told of in the log at the start and in the readiness; the
 * service stays ready, since everything else works without. The object store of NATS is there when NATS is.
 */
export function openServiceFiles({ config, log, keyring, readiness, logger, clock }: FilesContext): FileStore {
  const files = openFileStore({ settings: config, log, keyring, replicas: config.natsReplicas })
  if (config.fileStore !== 's3') return files
  const check = checkedNowAndThen(files, () => clock.now().getTime())
  readiness.add('files', check)
  void check().then(({ detail }) => {
    if (detail !== undefined) logger.error({ because: detail }, 'the bucket of the files cannot be used')
  })
  return files
}

/** How the store stands, looked at once in a while: ready in any case, what is wrong in words. */
export function checkedNowAndThen(files: Pick<FileStore, 'check'>, now: () => number): () => Promise<DependencyState> {
  let looked: { readonly at: number; readonly state: Promise<DependencyState> } | undefined
  return () => {
    if (looked === undefined || now() - looked.at >= LOOK_AGAIN_MS) looked = { at: now(), state: stateOf(files) }
    return looked.state
  }
}

async function stateOf(files: Pick<FileStore, 'check'>): Promise<DependencyState> {
  const late = Promise.withResolvers<DependencyState>()
  const timer = setTimeout(
    () => late.resolve({ ok: true, detail: 'The bucket of the files does not answer' }),
    CHECK_MS
  )
  const state = files.check().then(
    () => ({ ok: true }),
    (error: unknown) => ({ ok: true, detail: error instanceof Error ? error.message : String(error) })
  )
  return Promise.race([state, late.promise]).finally(() => clearTimeout(timer))
}
