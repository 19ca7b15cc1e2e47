import { asText, isJsonObject } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import type { VendorAnswer } from '../vendors.ts'
import { invalidFields } from './zoom-errors.ts'
import type { ZoomMeeting } from './zoom-resources.ts'

const LONGEST_TOPIC = 200
const LONGEST_AGENDA = 2_000
const TYPES = [1, 2, 3, 8]
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z)?$/

type Field = { field: string; message: string }

/** What is wrong with the body of a create or an update. */
export const meetingProblem = (body: JsonObject | undefined): VendorAnswer | undefined => {
  if (body === undefined)
    return invalidFields([{ field: 'body', message: 'Request body should be a valid JSON object.' }])
  const { topic, type, start_time: start, duration, agenda, timezone } = body
  const wrong: Field[] = []
  const check = (field: string, value: JsonValue | undefined, isFine: (value: JsonValue) => boolean): void => {
    if (value !== undefined && !isFine(value)) wrong.push({ field, message: 'Invalid field.' })
  }
  check('topic', topic, (value) => typeof value === 'string' && value.length <= LONGEST_TOPIC)
  check('type', type, (value) => typeof value === 'number' && TYPES.includes(value))
  check(
    'start_time',
    start,
    (value) => typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value))
  )
  check('duration', duration, (value) => typeof value === 'number' && Number.isInteger(value) && value > 0)
  check('agenda', agenda, (value) => typeof value === 'string' && value.length <= LONGEST_AGENDA)
  check('timezone', timezone, (value) => typeof value === 'string')
  return wrong.length === 0 ? undefined : invalidFields(wrong)
}

/** The fields that a body changes. A start without a Z is in the meeting's time zone, which counts as UTC here. */
export const meetingChanges = (body: JsonObject): Partial<ZoomMeeting> => {
  const start = asText(body.start_time)
  return {
    ...(asText(body.topic) === undefined ? {} : { topic: asText(body.topic) ?? '' }),
    ...(typeof body.type === 'number' ? { type: body.type } : {}),
    ...(start === undefined ? {} : { startTime: start.endsWith('Z') ? start : `${start}Z` }),
    ...(typeof body.duration === 'number' ? { duration: body.duration } : {}),
    ...(asText(body.timezone) === undefined ? {} : { timezone: asText(body.timezone) ?? 'UTC' }),
    ...(asText(body.agenda) === undefined ? {} : { agenda: asText(body.agenda) ?? '' }),
    ...(asText(body.password) === undefined ? {} : { password: asText(body.password) ?? '' }),
    ...(isJsonObject(body.settings) ? { settings: body.settings } : {}),
    ...(Array.isArray(body.tracking_fields) ? { trackingFields: body.tracking_fields } : {})
  }
}
