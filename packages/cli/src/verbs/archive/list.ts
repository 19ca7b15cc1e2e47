import { archiveOptions, archivePrefix, openArchive } from '../../archive/archive-place.ts'
import { sliceFacts, slicesText } from '../../archive/slice-text.ts'
import { defineVerb } from '../../declaration/verb.ts'

export const verb = defineVerb({
  description: 'Needs no key. The slices are the catalogue: what is listed is there.',
  options: archiveOptions,
  examples: [['leadlog archive list --from /archive', 'by stream and sequence']],
  async run(context, { from }) {
    const store = await openArchive(context, from, '--from')
    const { listSlices } = await import('@leadlog/backup')
    const slices = await listSlices(store, await archivePrefix(context))
    return {
      value: { slices: slices.map(sliceFacts) },
      text: () => (slices.length === 0 ? `no archive in ${store.location}` : slicesText(slices, context.out.style))
    }
  }
})
