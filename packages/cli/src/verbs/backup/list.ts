import { listText } from '../../backup/backup-text.ts'
import { openPlaces, placeOptions } from '../../backup/backup-places.ts'
import { defineVerb } from '../../declaration/verb.ts'

export const verb = defineVerb({
  description: 'Needs no key. What is not complete is being made, or its making was interrupted.',
  options: placeOptions,
  examples: [['leadlog backup list --store /backups --keys-store /mnt/keys', 'the newest first']],
  async run(context, given) {
    const places = await openPlaces(context, given)
    const { listBackups } = await import('@leadlog/backup')
    const backups = [...(await listBackups(places.store, 'data')), ...(await listBackups(places.keysStore, 'keys'))]
    return {
      value: { backups },
      text: () =>
        backups.length === 0 ? `no backups in ${places.store.location}` : listText(backups, context.out.style)
    }
  }
})
