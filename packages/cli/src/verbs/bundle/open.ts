import { readFile } from 'node:fs/promises'
import type { OpenedBundle, Replayed } from '@leadlog/frozen'
import { flag } from '../../declaration/option.ts'
import { argument, defineVerb } from '../../declaration/verb.ts'
import { notFound } from '../../errors.ts'
import { exitCodes } from '../../exit-codes.ts'
import { leftOutText } from '../../freeze/freeze-text.ts'
import { counted } from '../../output/quantity.ts'
import type { Style } from '../../output/style.ts'
import { version } from '../../version.ts'

export const verb = defineVerb({
  description: [
    'Needs no server, no key and no network. Checks that the file is whole, hands every frozen event to the handlers of this release with',
    'what they knew then, and says where they decide the same and where not. It is a plain tar.gz, for whoever wants the files.'
  ].join('\n'),
  arguments: { file: argument('a file that leadlog bundle create made') },
  options: { events: flag('print its events as CloudEvents, one JSON line each, instead') },
  examples: [
    ['leadlog bundle open incident.tar.gz', 'what happened, and whether this release does the same'],
    ['leadlog bundle open incident.tar.gz --events', 'the events themselves']
  ],
  exitCodes: {
    1: 'a handler decides something else than it did, or the file is not whole',
    3: 'there is no such file'
  },
  async run({ out }, { file, events }) {
    const { openBundle, replayFrozen } = await import('@leadlog/frozen')
    const bundle = await openBundle(await readBytes(file))
    if (events) {
      for (const event of bundle.events) await out.item(event, () => JSON.stringify(event))
      return
    }
    const replayed: (Replayed & { eventId: string; type: string })[] = []
    for (const frozen of bundle.frozen) {
      const { id, type } = frozen.event
      for (const one of await replayFrozen(frozen)) replayed.push({ eventId: id, type, ...one })
    }
    const different = replayed.filter(({ same }) => !same)
    return {
      value: { manifest: bundle.manifest, system: bundle.system, handled: replayed.length, different },
      text: () => bundleText(bundle, replayed, out.style),
      exitCode: different.length === 0 ? exitCodes.ok : exitCodes.failed
    }
  }
})

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw notFound(`There is no file ${file}`)
    throw error
  }
}

function bundleText(
  { manifest, events }: OpenedBundle,
  replayed: readonly (Replayed & { eventId: string; type: string })[],
  style: Style
): string {
  const types = [...Map.groupBy(events, ({ type }) => type)].sort(([, a], [, b]) => b.length - a.length)
  const different = replayed.filter(({ same }) => !same)
  const same = replayed.length - different.length
  return [
    `${style.bold(manifest.about)}, made ${manifest.createdAt} by release ${manifest.version}`,
    `${counted(events.length, 'event')}:`,
    ...types.map(([type, all]) => `  ${String(all.length).padStart(5)} ${type}`),
    ...leftOutText(manifest.leftOut, style),
    ...different.flatMap(({ eventId, type, service, handler, frozen, now }) => [
      `${style.bad('differs')} ${service}/${handler} on ${type} ${eventId}`,
      `  then ${outcomeText(frozen)}`,
      `  now  ${now === null ? 'there is no such handler' : outcomeText(now)}`
    ]),
    different.length === 0
      ? style.good(`${counted(same, 'handling')} reproduced by release ${version}`)
      : style.bad(`${String(different.length)} of ${counted(replayed.length, 'handling')} differ in release ${version}`)
  ].join('\n')
}

function outcomeText({ effects, error }: Readonly<Pick<NonNullable<Replayed['now']>, 'effects' | 'error'>>): string {
  const decided = effects.length === 0 ? 'nothing' : effects.map(({ type }) => type).join(', ')
  return error === null ? decided : `${decided}, then ${error}`
}
