import { PermanentError, type Lane } from '@leadlog/contracts'
import {
  createVendorClient,
  OutcomeUnknownError,
  type AccessToken,
  type CallEnded,
  type Circuit,
  type OutboundLogger,
  type SingleFlightToken,
  type VendorCall,
  type VendorClient,
  type VendorResponse
} from '@leadlog/outbound'
import { hasMarker, markedAgenda } from './agenda-marker.ts'
import { joinedUuid } from './joined-uuid.ts'
import { meetingOf, zoomTime, type MeetingChange, type NewZoomMeeting, type ZoomMeeting } from './meeting.ts'
import { classifyZoom, isTokenRefused, retryAfter, zoomCodeOf } from './refusal.ts'
import type { ZoomClass, ZoomBudgets } from './zoom-budgets.ts'
import type { ZoomClient, ZoomDownload, ZoomParticipant, ZoomRecordingFile } from './zoom-client.ts'

export interface ZoomClientOptions {
  /** Default Zoom's own. From `ZOOM_API_URL`, so that a simulator can stand in. Without `/v2`. */
  baseUrl?: string | undefined
  /** Access tokens, of the account or of one user. */
  token: Pick<SingleFlightToken, 'use'>
  /** By class, since Zoom limits the classes apart. */
  budgets?: ZoomBudgets
  circuit?: Circuit
  /** See the vendor client of packages/outbound. */
  privateHosts?: readonly string[]
  /** Default `live`. */
  lane?: Lane
  timeoutMs?: number
  onCallEnded?: (call: CallEnded) => void
  logger?: OutboundLogger
}

type Request = Omit<VendorCall, 'lane'> & { readonly kind: ZoomClass }

const DEFAULT_BASE_URL = 'https://api.zoom.us'
const PAGE_SIZE = 300
const MEETING_GONE = 3001
const NO_RECORDING = 3301
/** A host with more meetings than this has no use for a list. */
const MOST_PAGES = 40
/** A recording of hours over a slow line. */
const DOWNLOAD_MS = 600_000

/** A client of Zoom's API of version 2. */
export function createZoomClient(options: ZoomClientOptions): ZoomClient {
  const { baseUrl = DEFAULT_BASE_URL, token, lane = 'live' } = options
  const clients: Readonly<Record<ZoomClass, VendorClient>> = {
    light: vendorClient(options, baseUrl, 'light'),
    medium: vendorClient(options, baseUrl, 'medium')
  }

  const call = ({ kind, ...request }: Request): Promise<VendorResponse> =>
    token.use(
      ({ value }: AccessToken) =>
        clients[kind].call({ ...request, lane, headers: { authorization: `Bearer ${value}` } }),
      isTokenRefused
    )

  const listed = async (host: string): Promise<ZoomMeeting[]> => {
    const found: ZoomMeeting[] = []
    let next = ''
    for (let page = 0; page < MOST_PAGES; page++) {
      const response = await call({
        kind: 'medium',
        operation: 'list-meetings',
        method: 'GET',
        path: `/v2/users/${encodeURIComponent(host)}/meetings`,
        query: { type: 'scheduled', page_size: PAGE_SIZE, next_page_token: next === '' ? undefined : next }
      })
      const body = objectOf(response.json())
      for (const one of listOf(body.meetings)) {
        const meeting = meetingOf(one)
        if (meeting !== null) found.push(meeting)
      }
      next = typeof body.next_page_token === 'string' ? body.next_page_token : ''
      if (next === '') break
    }
    return found
  }

  return {
    async createMeeting(host, meeting) {
      const response = await call({
        kind: 'light',
        operation: 'create-meeting',
        method: 'POST',
        path: `/v2/users/${encodeURIComponent(host)}/meetings`,
        body: bodyOf(meeting)
      })
      const made = meetingOf(response.json())
      if (made === null) throw madeUnreadable()
      return made
    },

    async findMeeting(host, marker) {
      return (await listed(host)).find(({ agenda }) => hasMarker(agenda, marker)) ?? null
    },

    async meeting(id) {
      const path = pathOf(id)
      const response = await unless(
        MEETING_GONE,
        call({ kind: 'light', operation: 'get-meeting', method: 'GET', path })
      )
      if (response === null) return null
      const known = meetingOf(response.json())
      if (known === null) throw unreadable('get-meeting')
      return known
    },

    async updateMeeting(id, change) {
      const body = changesOf(change)
      await call({
        kind: 'light',
        operation: 'update-meeting',
        method: 'PATCH',
        path: pathOf(id),
        body
      })
    },

    async deleteMeeting(id) {
      const path = pathOf(id)
      await unless(MEETING_GONE, call({ kind: 'light', operation: 'delete-meeting', method: 'DELETE', path }))
    },

    async participants(uuid) {
      const path = `/v2/past_meetings/${joinedUuid(uuid)}/participants`
      const query = { page_size: PAGE_SIZE }
      const response = await unless(
        MEETING_GONE,
        call({ kind: 'medium', operation: 'list-participants', method: 'GET', path, query })
      )
      return response === null ? null : listOf(objectOf(response.json()).participants).map(participantOf)
    },

    async recordings(id) {
      const path = `${pathOf(id)}/recordings`
      const response = await unless(
        NO_RECORDING,
        call({ kind: 'light', operation: 'list-recordings', method: 'GET', path })
      )
      return response === null ? [] : listOf(objectOf(response.json()).recording_files).flatMap(fileOf)
    },

    async download(url, downloadToken): Promise<ZoomDownload> {
      const address = downloadAddress(url, baseUrl)
      const { headers, body } = await clients.light.stream({
        operation: 'download-recording',
        method: 'GET',
        baseUrl: address.origin,
        path: `${address.pathname}${address.search}`,
        headers: { accept: '*/*', authorization: `Bearer ${downloadToken}` },
        lane,
        timeoutMs: DOWNLOAD_MS
      })
      const length = Number(headers['content-length'] ?? Number.NaN)
      return {
        contentType: headers['content-type'] ?? null,
        contentLength: Number.isFinite(length) ? length : null,
        body
      }
    },

    async user(idOrMe) {
      const path = `/v2/users/${encodeURIComponent(idOrMe)}`
      const response = await call({ kind: 'light', operation: 'get-user', method: 'GET', path })
      const { id, email, display_name: name } = objectOf(response.json())
      return { id: textOf(id), email: textOf(email).toLowerCase(), name: textOf(name) }
    },

    async close() {
      await Promise.all([clients.light.close(), clients.medium.close()])
    }
  }
}

function vendorClient(options: ZoomClientOptions, baseUrl: string, kind: ZoomClass): VendorClient {
  const { budgets, circuit, privateHosts, timeoutMs, onCallEnded, logger } = options
  return createVendorClient({
    vendor: 'zoom',
    baseUrl,
    classify: classifyZoom,
    readRetryAfterMs: retryAfter,
    ...(budgets === undefined ? {} : { budget: budgets[kind] }),
    ...(circuit === undefined ? {} : { circuit }),
    ...(privateHosts === undefined ? {} : { privateHosts }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(onCallEnded === undefined ? {} : { onCallEnded }),
    ...(logger === undefined ? {} : { logger })
  })
}

function bodyOf(meeting: NewZoomMeeting): Record<string, unknown> {
  if (!/^[\w-]{1,100}$/.test(meeting.marker)) {
    throw new PermanentError('ZOOM_MARKER_INVALID', 'The marker of a meeting is letters, digits, _ and -.')
  }
  return {
    ...changesOf(meeting),
    type: 2,
    agenda: markedAgenda(meeting.marker, meeting.agenda),
    settings: {
      waiting_room: meeting.waitingRoom,
      join_before_host: false,
      auto_recording: meeting.recordInCloud ? 'cloud' : 'none'
    }
  }
}

/** Zoom refuses topics above 200 characters. */
const LONGEST_TOPIC = 200

function changesOf({ topic, startsAt, durationMinutes, timezone }: MeetingChange): Record<string, unknown> {
  return {
    ...(topic === undefined ? {} : { topic: topic.slice(0, LONGEST_TOPIC).toWellFormed() }),
    ...(startsAt === undefined ? {} : { start_time: zoomTime(startsAt) }),
    ...(durationMinutes === undefined ? {} : { duration: Math.max(1, Math.round(durationMinutes)) }),
    ...(timezone === undefined || timezone === null ? {} : { timezone })
  }
}

function pathOf(id: string): string {
  if (/^\d{9,15}$/.test(id)) return `/v2/meetings/${id}`
  throw new PermanentError('ZOOM_MEETING_ID_INVALID', 'The number of a Zoom meeting has 9 to 15 digits.')
}

/** Zoom's hosts, and the configured one: whatever else a forged address names gets no token. */
function downloadAddress(url: string, baseUrl: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined
  const isZooms =
    address !== undefined &&
    address.protocol === 'https:' &&
    /(^|\.)(zoom\.us|zoom\.com|zoomgov\.com)$/.test(address.hostname)
  if (address !== undefined && (isZooms || address.origin === new URL(baseUrl).origin)) return address
  throw new PermanentError('ZOOM_DOWNLOAD_REFUSED', "The address of the recording is not one of Zoom's.")
}

/** Null where Zoom refuses with the code. */
async function unless(code: number, answer: Promise<VendorResponse>): Promise<VendorResponse | null> {
  try {
    return await answer
  } catch (error) {
    if (zoomCodeOf(error) === code) return null
    throw error
  }
}

function participantOf(value: unknown): ZoomParticipant {
  const { name, user_email: email } = objectOf(value)
  return { name: textOf(name), email: textOf(email) === '' ? null : textOf(email).toLowerCase() }
}

function fileOf(value: unknown): ZoomRecordingFile[] {
  const { id, file_type: fileType, file_extension: extension, file_size: size, download_url: url } = objectOf(value)
  if (typeof url !== 'string') return []
  return [
    {
      id: textOf(id),
      fileType: textOf(fileType),
      fileExtension: textOf(extension),
      size: typeof size === 'number' ? size : 0,
      downloadUrl: url
    }
  ]
}

/** It may have been made all the same: who asks again without a look makes a second one. */
function madeUnreadable(): OutcomeUnknownError {
  return new OutcomeUnknownError("Zoom's answer to create-meeting is not that of a meeting.", {
    reason: 'unreadable-answer'
  })
}

function unreadable(operation: string): PermanentError {
  return new PermanentError('ZOOM_ANSWER_UNREADABLE', `Zoom's answer to ${operation} is not that of a meeting.`)
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
