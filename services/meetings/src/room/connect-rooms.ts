import { createMailer } from '@leadlog/mail'
import { openEffectLedger, type ServiceContext } from '@leadlog/service'
import type { meetingsConfig } from '../config.ts'
import type { MeetingsDeps } from '../deps.ts'
import { MEETINGS_SCHEMA } from '../migrations.ts'
import type { ConnectedZoom } from '../zoom/connect-zoom.ts'
import { wantsRoom } from './room-plan.ts'

/** What rooms and invitations are kept with; nothing without Postgres, where the ledger of effects is. */
export function connectRooms(
  context: ServiceContext<typeof meetingsConfig>,
  zoom: ConnectedZoom | null
): Pick<MeetingsDeps, 'rooms' | 'invitations'> {
  const { config, keyring, log, logger, onStop, postgres } = context
  if (postgres === undefined) return { rooms: null, invitations: null }
  const effects = openEffectLedger(context, postgres.db, {
    schema: MEETINGS_SCHEMA,
    leaseSeconds: config.effectLeaseSeconds,
    ttlSeconds: config.effectTtlSeconds,
    keepNewestBy: null
  })
  const isFor = hostsOf(config.roomsFor)
  if (zoom === null && config.roomsFor.length > 0) {
    logger.warn({ variable: 'ZOOM_ROOMS_FOR' }, 'rooms are wanted and Zoom is not set up: none is opened')
  }
  if (config.smtpUrl === undefined) {
    logger.warn({ variable: 'SMTP_URL' }, 'not set: nothing can be scheduled here, and invitations wait')
  }
  const mailer = config.smtpUrl === undefined ? null : createMailer({ url: config.smtpUrl, from: config.mailFrom })
  onStop(() => mailer?.close())
  const { dryRun } = config
  return {
    rooms:
      zoom === null
        ? null
        : {
            access: zoom.access,
            effects,
            isWanted: (booking) => wantsRoom(booking, isFor),
            schedule: (timer) => log.schedule(timer),
            dryRun
          },
    invitations: {
      mailer,
      mailFrom: addressIn(config.mailFrom),
      effects,
      personId: (email) => keyring.personId(email),
      dryRun
    }
  }
}

/** Whether a host is among addresses and domains; `*` is everybody. */
export function hostsOf(named: readonly string[]): (hostEmail: string) => boolean {
  const names = new Set(named.map((name) => name.trim().toLowerCase()))
  return (hostEmail) => {
    const email = hostEmail.toLowerCase()
    return names.has('*') || names.has(email) || names.has(email.slice(email.lastIndexOf('@') + 1))
  }
}

/** The address of `Leadlog <leadlog@example.com>`. */
function addressIn(sender: string): string {
  return /<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender.trim()
}
