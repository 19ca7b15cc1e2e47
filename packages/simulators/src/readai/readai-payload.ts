import type { JsonObject } from '../json.ts'

export interface ReadaiParticipant {
  name: string
  email: string | null
}

/** An uninterrupted piece of speech. */
export interface SpokenBlock {
  start: Date
  end: Date
  speaker: string
  words: string
}

/** A meeting as Read.ai's notetaker saw it. */
export interface ReadaiMeeting {
  sessionId: string
  title: string
  start: Date
  end: Date
  owner: ReadaiParticipant
  participants: readonly ReadaiParticipant[]
  summary: string | null
  actionItems: readonly string[]
  keyQuestions: readonly string[]
  topics: readonly string[]
  chapters: readonly { title: string; description: string }[]
  /** `null` where the feature is off or nothing was heard. */
  blocks: readonly SpokenBlock[] | null
  platformMeetingId: string
  /** Some accounts send the times of blocks as numeric text. */
  blockTimesAsText: boolean
}

const readaiTime = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, 'Z')

const person = ({ name, email }: ReadaiParticipant): JsonObject => {
  const [first = name, ...rest] = name.split(' ')
  return { name, first_name: first, last_name: rest.join(' '), email }
}

const texts = (list: readonly string[]): JsonObject[] => list.map((text) => ({ text }))

const transcript = (meeting: ReadaiMeeting): JsonObject | null => {
  if (meeting.blocks === null) return null
  const time = (at: Date) => (meeting.blockTimesAsText ? String(at.getTime()) : at.getTime())
  return {
    speaker_blocks: meeting.blocks.map((block) => ({
      start_time: time(block.start),
      end_time: time(block.end),
      speaker: { name: block.speaker },
      words: block.words
    })),
    speakers: [...new Set(meeting.blocks.map((block) => block.speaker))].map((name) => ({ name }))
  }
}

const head = (meeting: ReadaiMeeting, trigger: string): JsonObject => ({
  session_id: meeting.sessionId,
  trigger,
  title: meeting.title,
  start_time: readaiTime(meeting.start)
})

/** The webhook after a meeting; `requestId` is another one for each delivery that is not a retry. */
export const meetingEnd = (meeting: ReadaiMeeting, requestId: string): JsonObject => ({
  ...head(meeting, 'meeting_end'),
  end_time: readaiTime(meeting.end),
  participants: meeting.participants.map(person),
  owner: person(meeting.owner),
  summary: meeting.summary,
  action_items: texts(meeting.actionItems),
  key_questions: texts(meeting.keyQuestions),
  topics: texts(meeting.topics),
  report_url: `https://app.read.ai/analytics/meetings/${meeting.sessionId}`,
  chapter_summaries: meeting.chapters.map(({ title, description }) => ({
    title,
    description,
    topics: texts(meeting.topics.slice(0, 1))
  })),
  transcript: transcript(meeting),
  platform_meeting_id: meeting.platformMeetingId,
  platform: 'zoom',
  request_id: requestId
})

/** The webhook at the start of a meeting; only workspace webhooks send it. */
export const meetingStart = (meeting: ReadaiMeeting, requestId: string): JsonObject => ({
  ...head(meeting, 'meeting_start'),
  owner: person(meeting.owner),
  platform: 'zoom',
  platform_meeting_id: meeting.platformMeetingId,
  request_id: requestId
})

/** The same meeting as the REST API shows it, whose names differ from the webhook's. */
export const meetingResource = (meeting: ReadaiMeeting, expand: readonly string[]): JsonObject => ({
  id: meeting.sessionId,
  title: meeting.title,
  start_time_ms: meeting.start.getTime(),
  end_time_ms: meeting.end.getTime(),
  scheduled_start_time_ms: meeting.start.getTime(),
  scheduled_end_time_ms: meeting.end.getTime(),
  participants: meeting.participants.map(({ name, email }) => ({ name, email, invited: true, attended: true })),
  owner: { ...meeting.owner },
  report_url: `https://app.read.ai/analytics/meetings/${meeting.sessionId}`,
  platform: 'zoom',
  platform_id: meeting.platformMeetingId,
  folders: [],
  live_enabled: false,
  ...(expand.includes('summary') ? { summary: meeting.summary } : {}),
  ...(expand.includes('action_items') ? { action_items: texts(meeting.actionItems) } : {}),
  ...(expand.includes('key_questions') ? { key_questions: texts(meeting.keyQuestions) } : {}),
  ...(expand.includes('topics') ? { topics: texts(meeting.topics) } : {}),
  ...(expand.includes('transcript') && meeting.blocks !== null
    ? {
        transcript: {
          speakers: [...new Set(meeting.blocks.map((block) => block.speaker))].map((name) => ({ name })),
          turns: meeting.blocks.map((block) => ({
            speaker: { name: block.speaker },
            text: block.words,
            start_time_ms: block.start.getTime(),
            end_time_ms: block.end.getTime()
          })),
          text: meeting.blocks.map((block) => `[${block.speaker}]: ${block.words}`).join('\n')
        }
      }
    : {})
})
