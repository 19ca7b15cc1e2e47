import {
  isEvent,
  MeetingEnded,
  MeetingStarted,
  ParticipantJoined,
  ParticipantLeft,
  type EventOf,
  type ParticipantSide
} from '@leadlog/contracts'

/** What tells of a meeting as it took place. */
export const instanceEvents = [MeetingStarted, MeetingEnded, ParticipantJoined, ParticipantLeft] as const
export type InstanceEvent = EventOf<(typeof instanceEvents)[number]>

/** Somebody in a meeting; who came in several times stands here once. */
export interface Participant {
  readonly id: string
  readonly name: string | null
  readonly email: string | null
  readonly side: ParticipantSide
  readonly joinedAt: string | null
  readonly leftAt: string | null
}

/** One time that a meeting took place. */
export interface Instance {
  readonly uuid: string
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly participants: Readonly<Record<string, Participant>>
}

export type Instances = Readonly<Record<string, Instance>>

/** The instances with what was told. The order in which it was told plays no part. */
export function withInstance(instances: Instances, event: InstanceEvent): Instances {
  const { uuid } = event.data
  const before = instances[uuid] ?? { uuid, startedAt: null, endedAt: null, participants: {} }
  return { ...instances, [uuid]: change(before, event) }
}

/** The instances without the one that was another meeting's. */
export function withoutInstance(instances: Instances, uuid: string): Instances {
  return Object.fromEntries(Object.entries(instances).filter(([key]) => key !== uuid))
}

/** From the first to the last. */
export function instancesInOrder(instances: Instances): Instance[] {
  const begun = ({ startedAt, endedAt, participants }: Instance): string =>
    startedAt ?? earliest(Object.values(participants).flatMap(({ joinedAt }) => joinedAt ?? [])) ?? endedAt ?? ''
  return Object.values(instances).sort((a, b) => begun(a).localeCompare(begun(b)) || a.uuid.localeCompare(b.uuid))
}

function change(instance: Instance, event: InstanceEvent): Instance {
  if (isEvent(event, MeetingStarted)) return { ...instance, startedAt: event.data.startedAt }
  if (isEvent(event, MeetingEnded)) {
    const { startedAt, endedAt } = event.data
    return { ...instance, startedAt: instance.startedAt ?? startedAt, endedAt }
  }
  const { participantId: id, name, email, side } = event.data
  const before = instance.participants[id]
  const joined = isEvent(event, ParticipantJoined) ? event.data.joinedAt : null
  const left = isEvent(event, ParticipantLeft) ? event.data.leftAt : null
  const participant: Participant = {
    id,
    name: before?.name ?? name,
    email: before?.email ?? email,
    side,
    joinedAt: earliest([before?.joinedAt, joined]),
    leftAt: latest([before?.leftAt, left])
  }
  return { ...instance, participants: { ...instance.participants, [id]: participant } }
}

function earliest(times: readonly (string | null | undefined)[]): string | null {
  return times.filter((time) => typeof time === 'string').sort()[0] ?? null
}

function latest(times: readonly (string | null | undefined)[]): string | null {
  return (
    times
      .filter((time) => typeof time === 'string')
      .sort()
      .at(-1) ?? null
  )
}
