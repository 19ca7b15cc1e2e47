import { createHash } from 'node:crypto'
import { Type, type Static } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { FrozenError } from '../errors.ts'
import type { FrozenEvent } from '../frozen-event.ts'
import { frozenText, parseFrozen } from '../frozen-file.ts'
import type { LeftOut } from '../freeze/freeze-events.ts'
import { packFiles, unpackFiles } from './archive.ts'

export const BUNDLE_FORMAT = 'leadlog-bundle/1'

const MANIFEST = 'manifest.json'
const EVENTS = 'events.jsonl'
const SYSTEM = 'system.json'
const FROZEN = 'frozen/'

const BundleManifest = Type.Object({
  format: Type.Literal(BUNDLE_FORMAT),
  createdAt: Type.String(),
  version: Type.String({ description: 'release of Leadlog that made it' }),
  about: Type.String({ description: 'what was asked for, without personal data' }),
  events: Type.Integer(),
  frozen: Type.Integer(),
  leftOut: Type.Array(
    Type.Object({
      eventId: Type.String(),
      service: Type.String(),
      handler: Type.String(),
      because: Type.String()
    })
  ),
  files: Type.Record(Type.String(), Type.String(), { description: 'SHA-256 of each file' })
})
export type BundleManifest = Static<typeof BundleManifest>

/** A slice of the log without its persons, with what is needed to handle it again. */
export interface Bundle {
  readonly createdAt: Date
  readonly version: string
  readonly about: string
  /** As CloudEvents, attempts and dead letters among them. */
  readonly events: readonly FrozenEvent['event'][]
  readonly frozen: readonly FrozenEvent[]
  readonly leftOut: readonly LeftOut[]
  /** Versions, configuration without secrets, streams, checkpoints. */
  readonly system: unknown
}

/** The bundle as one file. */
export async function packBundle(bundle: Bundle): Promise<Uint8Array> {
  const contents = new Map([
    [EVENTS, bundle.events.map((event) => `${JSON.stringify(event)}\n`).join('')],
    [SYSTEM, `${JSON.stringify(bundle.system, null, 2)}\n`],
    ...bundle.frozen.map((frozen) => [`${FROZEN}${frozen.event.id}.json`, frozenText(frozen)] as const)
  ])
  const manifest: BundleManifest = {
    format: BUNDLE_FORMAT,
    createdAt: bundle.createdAt.toISOString(),
    version: bundle.version,
    about: bundle.about,
    events: bundle.events.length,
    frozen: bundle.frozen.length,
    leftOut: [...bundle.leftOut],
    files: Object.fromEntries([...contents].map(([name, text]) => [name, digestOf(text)]))
  }
  return packFiles(new Map([[MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`], ...contents]), bundle.createdAt)
}

export interface OpenedBundle {
  readonly manifest: BundleManifest
  readonly events: readonly FrozenEvent['event'][]
  readonly frozen: readonly FrozenEvent[]
  readonly system: unknown
}

/** @throws FrozenError FROZEN_FILE_INVALID where a file is missing, was changed, or is not what it should be */
export async function openBundle(bytes: Uint8Array): Promise<OpenedBundle> {
  const files = await unpackFiles(bytes)
  const manifest = JSON.parse(textOf(files, MANIFEST)) as unknown
  if (!Value.Check(BundleManifest, manifest)) {
    throw new FrozenError('FROZEN_FILE_INVALID', `The file is no bundle that this release can read: see ${MANIFEST}`)
  }
  for (const [name, digest] of Object.entries(manifest.files)) {
    if (digestOf(textOf(files, name)) === digest) continue
    throw new FrozenError('FROZEN_FILE_INVALID', `${name} was changed after the bundle was made. Ask for it again`)
  }
  return {
    manifest,
    events: textOf(files, EVENTS)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as FrozenEvent['event']),
    frozen: Object.keys(manifest.files)
      .filter((name) => name.startsWith(FROZEN))
      .map((name) => parseFrozen(textOf(files, name), name)),
    system: JSON.parse(textOf(files, SYSTEM)) as unknown
  }
}

function textOf(files: ReadonlyMap<string, string>, name: string): string {
  const text = files.get(name)
  if (text === undefined) throw new FrozenError('FROZEN_FILE_INVALID', `The bundle lacks ${name}. Ask for it again`)
  return text
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
