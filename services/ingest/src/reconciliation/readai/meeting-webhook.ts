import type { Meeting } from './readai-api.ts'

/** In the place of the delivery's id, which only Read.ai's sender gives. The same at every pull. */
const REQUEST_ID = 'api-pull'

/** A meeting of the API under the names of the webhook. Pure. */
export function meetingWebhook(meeting: Meeting): object {
  const turns = meeting.transcript?.turns
  return {
    session_id: meeting.id,
    trigger: 'meeting_end',
    request_id: REQUEST_ID,
    title: meeting.title ?? null,
    start_time: new Date(meeting.start_time_ms).toISOString(),
    end_time: meeting.end_time_ms == null ? null : new Date(meeting.end_time_ms).toISOString(),
    participants: (meeting.participants ?? []).map(personOf),
    owner: meeting.owner ? personOf(meeting.owner) : null,
    summary: meeting.summary ?? null,
    action_items: meeting.action_items ?? [],
    key_questions: meeting.key_questions ?? [],
    topics: meeting.topics ?? [],
    chapter_summaries: meeting.chapter_summaries ?? [],
    transcript: turns
      ? {
          speakers: [...new Set(turns.map(({ speaker }) => speaker?.name ?? null))].map((name) => ({ name })),
          speaker_blocks: turns.map((turn) => ({
            start_time: turn.start_time_ms ?? null,
            end_time: turn.end_time_ms ?? null,
            speaker: { name: turn.speaker?.name ?? null },
            words: turn.text ?? null
          }))
        }
      : null,
    report_url: meeting.report_url ?? null,
    platform: meeting.platform ?? null,
    platform_meeting_id: meeting.platform_id == null ? null : String(meeting.platform_id)
  }
}

/** The API does not tell first and last name apart. */
function personOf({ name, email }: { name?: string | null; email?: string | null }): object {
  return { name: name ?? null, first_name: null, last_name: null, email: email ?? null }
}
