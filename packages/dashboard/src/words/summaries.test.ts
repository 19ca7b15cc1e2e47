import t from 'tap'
import { appointment } from './format.ts'
import { summaryWords } from './summaries.ts'

void t.test('lines of the log are told with names instead of codes', async (t) => {
  const lines = {
    'readai sent meeting_end': 'Read.ai: Meeting report',
    'Status demo-booked → demo-no-show': 'Demo booked → No-show',
    'meddic: rules reads': 'MEDDIC, read by rules',
    'lead-intel: gemini reads': 'Booking answers, read by Gemini',
    'lead-intel: nothing new to read': 'Booking answers: nothing new to read',
    'meddic by openai taken over': 'MEDDIC taken over, read by OpenAI',
    'Transcript (good) read by rules': 'Transcript, good, read by rules',
    'Changes nothing: no-attendee-address': 'Changes nothing: no attendee address',
    'meetings/translate-readai gave up at attempt 1: MEETINGS_PAYLOAD_INVALID':
      'Translate Read.ai gave up at attempt 1: MEETINGS_PAYLOAD_INVALID',
    'DRY_RUN: record not sent': 'Dry run: record not sent',
    'zoho Leads: update': 'Zoho CRM Leads: update',
    'Write to hubspot queued, lane live': 'Write to HubSpot queued, lane live',
    'Lead details changed': 'Lead details changed'
  }
  for (const [line, words] of Object.entries(lines)) t.equal(summaryWords(line), words)
  const moment = '2026-11-18T15:30:00.000Z'
  t.equal(summaryWords(`Meeting booked for ${moment}`), `Meeting booked for ${appointment(moment)}`)
})
