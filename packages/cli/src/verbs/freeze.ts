import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { text } from '../declaration/option.ts'
import { defineVerb, manyArguments } from '../declaration/verb.ts'
import { notFound, refused } from '../errors.ts'
import { createEventFinder } from '../events/event-finder.ts'
import { resolveReference } from '../events/resolve-reference.ts'
import { alsoOption, freeze } from '../freeze/freeze.ts'
import { leftOutText } from '../freeze/freeze-text.ts'
import { readEvents } from '../freeze/log-reader.ts'

export const verb = defineVerb({
  description: [
    'Writes a file for each event: the event, what each handler knew when it took it, and what it decided. Names, addresses, telephone',
    'numbers, companies and links are replaced by made-up ones of the same length, the same wherever a person occurs; the file is searched',
    'for every original before it is written. Who is only spoken of in a sentence is not recognised: read the file, and name them with --also.',
    'A file put into tests/src/frozen is handled again by every test run, and must have the same effects.'
  ].join('\n'),
  arguments: { events: manyArguments('events by their ids, or webhooks by their idempotency keys') },
  options: {
    out: text('the folder for the files; this one by default', { short: 'o', placeholder: '<folder>' }),
    also: alsoOption
  },
  examples: [
    ['leadlog freeze 858fae21c3b04e0d9c4b1d2a3e4f5061', 'a webhook'],
    ['leadlog freeze 858fae21c3b04e0d9c4b1d2a3e4f5061 --out tests/src/frozen', 'as a test']
  ],
  exitCodes: {
    3: 'there is no such event',
    4: 'no handler takes it, its payload is gone, or none of its handlers can be handled again'
  },
  async run(context, { events: given, out: folder = '.', also }) {
    const { connect, out } = context
    const finder = await createEventFinder(context)
    const rows = []
    for (const one of given) {
      const { event, label } = await resolveReference(context, finder, one)
      if (event === null) throw notFound(`${label} is a whole history; name one event of it: leadlog trace ${one}`)
      rows.push(event)
    }
    const { events, leftOut, replaced } = await freeze(
      context,
      finder,
      await readEvents(await connect.openLog(), rows),
      { also }
    )
    const whole = events.filter(({ handlings }) => handlings.length > 0)
    if (whole.length === 0) {
      throw refused('CLI_NOT_REPRODUCIBLE', leftOut.map(({ because, handler }) => `${handler}: ${because}`).join('; '))
    }
    const { frozenText } = await import('@leadlog/frozen')
    await mkdir(folder, { recursive: true })
    const files = await Promise.all(
      whole.map(async (frozen) => {
        const kind = frozen.event.type.split('.')[1] ?? 'event'
        const file = path.join(folder, `${kebab(kind)}-${frozen.event.id.slice(0, 8)}.json`)
        await writeFile(file, frozenText(frozen))
        return {
          file,
          id: frozen.event.id,
          type: frozen.event.type,
          handlers: frozen.handlings.map(({ service, handler }) => `${service}/${handler}`),
          effects: frozen.handlings.flatMap(({ effects }) => effects.map(({ type }) => type))
        }
      })
    )
    return {
      value: { files, replaced, leftOut },
      text: () =>
        [
          ...files.map(
            ({ file, type, handlers, effects }) =>
              `${out.style.bold(file)}  ${type}, taken by ${handlers.join(', ')}: ${effects.length === 0 ? 'no effect' : effects.join(', ')}`
          ),
          ...leftOutText(leftOut, out.style),
          out.style.dim(`${String(replaced)} names, addresses and numbers were replaced; none of them is in the files`)
        ].join('\n')
    }
  }
})

function kebab(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()
}
