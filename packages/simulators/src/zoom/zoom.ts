import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SimulatorClock } from '../clock.ts'
import type { JsonObject } from '../json.ts'
import { sha256Hex } from '../seeded.ts'
import type { Settings } from '../settings.ts'
import { bodyObject, queryOf, sendAnswer } from '../vendor-plugin.ts'
import type { Vendor } from '../vendor-plugin.ts'
import { emptyAnswer, jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { meetingChanges, meetingProblem } from './new-meeting.ts'
import { contentProofOf, fileContent, fileOf, isDownloadTokenGood, sendFile } from './zoom-files.ts'
import { zoomError, zoomFailure } from './zoom-errors.ts'
import type { ZoomGrant, ZoomGrants } from './zoom-grants.ts'
import type { ZoomClass, ZoomLimits } from './zoom-limits.ts'
import { zoomOauthRoutes } from './zoom-oauth.ts'
import type { ZoomCredentials } from './zoom-oauth.ts'
import { listMeeting, minutesOf, showFile, showMeeting, showUser } from './zoom-resources.ts'
import type { ZoomMeeting, ZoomUser } from './zoom-resources.ts'
import type { ZoomStore } from './zoom-store.ts'

export interface ZoomParts {
  credentials: ZoomCredentials
  /** Signs the tokens of downloads. */
  webhookSecret: string
  clock: SimulatorClock
  settings: Settings
  store: ZoomStore
  grants: ZoomGrants
  limits: ZoomLimits
}

/** One request of the API. */
interface Call {
  grant: ZoomGrant
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  body: JsonObject | undefined
  origin: string
}

const MOST_ON_A_PAGE = 300
const USUAL_PAGE = 30

/** Zoom's OAuth endpoints, REST API of version 2 and downloads for one account. */
export const zoom = (parts: ZoomParts): Vendor => {
  const { clock, store, grants, limits, settings } = parts

  /** `me` is the user of the grant; the account's own app has none. */
  const userOf = (call: Call): ZoomUser | undefined => {
    const { userId = '' } = call.params
    if (userId === 'me') return call.grant.userId === null ? undefined : store.user(call.grant.userId)
    const user = store.user(userId)
    return call.grant.userId === null || user?.id === call.grant.userId ? user : undefined
  }

  const meetingOf = (call: Call): ZoomMeeting | undefined => {
    const meeting = store.meetings.get(call.params.meetingId ?? '')
    return call.grant.userId === null || meeting?.hostId === call.grant.userId ? meeting : undefined
  }

  const createMeeting = (call: Call): VendorAnswer => {
    const user = userOf(call)
    if (user === undefined) return zoomError(1001)
    const problem = meetingProblem(call.body)
    if (problem !== undefined) return problem
    const refused = limits.refuseWrite(user.id)
    if (refused !== undefined) return refused
    const sid = store.nextMeetingId()
    const meeting: ZoomMeeting = {
      sid,
      uuid: store.nextUuid(),
      hostId: user.id,
      hostEmail: user.email,
      topic: 'Zoom Meeting',
      type: 2,
      startTime: null,
      duration: 60,
      timezone: 'UTC',
      agenda: '',
      password: sha256Hex(`password ${sid}`).slice(0, 6),
      createdAt: clock
        .now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z'),
      settings: {},
      trackingFields: [],
      instances: [],
      ...meetingChanges(call.body ?? {})
    }
    store.meetings.save(meeting)
    return jsonAnswer(201, showMeeting(meeting))
  }

  const listMeetings = (call: Call): VendorAnswer => {
    const user = userOf(call)
    if (user === undefined) return zoomError(1001)
    const type = call.query.get('type') ?? 'scheduled'
    const size = Math.min(Math.max(1, Number(call.query.get('page_size')) || USUAL_PAGE), MOST_ON_A_PAGE)
    const from = Number(Buffer.from(call.query.get('next_page_token') ?? '', 'base64url').toString() || 0)
    const now = clock.now().getTime()
    const isListed = (meeting: ZoomMeeting): boolean => {
      const isLive = meeting.instances.some(({ endedAt }) => endedAt === null)
      if (type === 'live') return isLive
      if (!type.startsWith('upcoming')) return meeting.type !== 1
      return isLive || (meeting.startTime !== null && Date.parse(meeting.startTime) + meeting.duration * 60_000 > now)
    }
    const found = store.meetings
      .list()
      .filter((meeting) => meeting.hostId === user.id && isListed(meeting))
      .reverse()
    const next = from + size
    return jsonAnswer(200, {
      page_size: size,
      total_records: found.length,
      next_page_token: next < found.length ? Buffer.from(String(next)).toString('base64url') : '',
      meetings: found.slice(from, next).map(listMeeting)
    })
  }

  const withMeeting =
    (answer: (meeting: ZoomMeeting, call: Call) => VendorAnswer) =>
    (call: Call): VendorAnswer => {
      const meeting = meetingOf(call)
      return meeting === undefined
        ? zoomError(3001, `Meeting does not exist: ${call.params.meetingId ?? ''}.`)
        : answer(meeting, call)
    }

  const updateMeeting = withMeeting((meeting, { body }) => {
    const problem = meetingProblem(body) ?? limits.refuseWrite(meeting.hostId)
    if (problem !== undefined) return problem
    Object.assign(meeting, meetingChanges(body ?? {}))
    store.meetings.save(meeting)
    return emptyAnswer(204)
  })

  const deleteMeeting = withMeeting((meeting) => {
    store.meetings.remove(meeting.sid)
    return emptyAnswer(204)
  })

  const getRecordings = withMeeting((meeting, { origin }) => {
    const instance = meeting.instances.findLast(({ files }) => files.length > 0)
    if (instance === undefined) return zoomError(3301)
    return jsonAnswer(200, {
      uuid: instance.uuid,
      id: Number(meeting.sid),
      host_id: meeting.hostId,
      topic: meeting.topic,
      start_time: instance.startedAt,
      duration: minutesOf(instance),
      recording_count: instance.files.length,
      recording_files: instance.files.map((file) => showFile(instance, file, origin))
    })
  })

  const getParticipants = (call: Call): VendorAnswer => {
    // Fastify decodes once; a uuid with slashes comes encoded twice.
    const uuid = decodeURIComponent(call.params.uuid ?? '')
    const found = store.instance(uuid) ?? store.instance(call.params.uuid ?? '')
    if (found === undefined || found.instance.endedAt === null) return zoomError(3001)
    const { participants } = found.instance
    return jsonAnswer(200, {
      page_size: MOST_ON_A_PAGE,
      total_records: participants.length,
      next_page_token: '',
      participants: participants.map(({ uuid: id, name, email }) => ({ id, name, user_email: email }))
    })
  }

  const routes = (app: FastifyInstance): void => {
    zoomOauthRoutes(app, { credentials: parts.credentials, grants, store, settings })

    const on = (
      method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
      path: string,
      category: ZoomClass,
      scope: RegExp,
      answer: (call: Call) => VendorAnswer
    ): void => {
      app.route({
        method,
        url: `/v2${path}`,
        handler: (request: FastifyRequest, reply: FastifyReply) => {
          const grant = grants.grantOf((request.headers.authorization ?? '').replace(/^Bearer /i, ''))
          if (grant === undefined) return sendAnswer(reply, zoomError(124))
          const refused = limits.refuse(category)
          if (refused !== undefined) return sendAnswer(reply, refused)
          if (!scope.test(grant.scope)) return sendAnswer(reply, zoomError(4711))
          const params = request.params as Readonly<Record<string, string>>
          const origin = `http://${request.host}`
          const answered = answer({ grant, params, query: queryOf(request), body: bodyObject(request), origin })
          const headers = { ...limits.headers(category), ...answered.headers }
          return sendAnswer(reply, { ...answered, headers })
        }
      })
    }
    on('GET', '/users/:userId', 'light', /user:read:user/, (call) => {
      const user = userOf(call)
      return user === undefined ? zoomError(1001) : jsonAnswer(200, showUser(user))
    })
    on('POST', '/users/:userId/meetings', 'light', /meeting:write:meeting/, createMeeting)
    on('GET', '/users/:userId/meetings', 'medium', /meeting:read:meeting/, listMeetings)
    on(
      'GET',
      '/meetings/:meetingId',
      'light',
      /meeting:read:meeting/,
      withMeeting((one) => jsonAnswer(200, showMeeting(one)))
    )
    on('PATCH', '/meetings/:meetingId', 'light', /meeting:update:meeting/, updateMeeting)
    on('DELETE', '/meetings/:meetingId', 'light', /meeting:delete:meeting/, deleteMeeting)
    on('GET', '/meetings/:meetingId/recordings', 'light', /cloud_recording:read/, getRecordings)
    on('GET', '/past_meetings/:uuid/participants', 'medium', /meeting:read/, getParticipants)

    app.get('/rec/webhook_download/:fileId', (request, reply) => {
      const { fileId = '' } = request.params as { fileId?: string }
      const token = (request.headers.authorization ?? '').replace(/^Bearer /i, '')
      const uuid = fileOf(store, fileId)?.instance.uuid ?? ''
      const by = { secret: parts.webhookSecret, uuid, now: clock.now(), seconds: settings.zoomDownloadTokenSeconds }
      const good = isDownloadTokenGood(token, by) || grants.grantOf(token) !== undefined
      if (!good) return sendAnswer(reply, zoomError(124))
      if (fileOf(store, fileId) === undefined) return sendAnswer(reply, zoomError(3301))
      // The bytes are elsewhere, at an address that proves itself.
      const proof = contentProofOf(parts.webhookSecret, fileId)
      return reply.redirect(`/zoom/rec/content/${fileId}?proof=${proof}`, 302)
    })
    app.get('/rec/content/:fileId', (request, reply) => {
      const { fileId = '' } = request.params as { fileId?: string }
      const isProven = queryOf(request).get('proof') === contentProofOf(parts.webhookSecret, fileId)
      const content = isProven ? fileContent(store, fileId) : undefined
      return content === undefined ? sendAnswer(reply, zoomError(124)) : sendFile(reply, content)
    })
  }

  return { name: 'zoom', routes, failure: ({ code, retryAfterSeconds }) => zoomFailure(code, retryAfterSeconds) }
}
