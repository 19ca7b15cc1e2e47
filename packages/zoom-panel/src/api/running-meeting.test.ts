import { QueryClient, QueryObserver } from '@tanstack/react-query'
import t from 'tap'
import { leaveMeeting, lookAgainAfter, PANEL_KEY } from './running-meeting.ts'

void t.test('it looks again only in a meeting that nobody knows and nobody chose', (t) => {
  const unknown = { inMeeting: true, meetingId: null }
  t.ok(lookAgainAfter(unknown, null))
  t.equal(lookAgainAfter(unknown, 'by hand'), false)
  t.equal(lookAgainAfter({ inMeeting: true, meetingId: 'm' }, null), false)
  t.equal(lookAgainAfter({ inMeeting: false, meetingId: null }, null), false)
  t.equal(lookAgainAfter(undefined, null), false)
  t.end()
})

void t.test('the former meeting is gone before the answer about the next one is there', async (t) => {
  const queries = new QueryClient()
  const answers: ((meetingId: string) => void)[] = []
  const observer = new QueryObserver(queries, {
    queryKey: PANEL_KEY,
    queryFn: () => new Promise<string>((resolve) => void answers.push(resolve))
  })
  t.teardown(observer.subscribe(() => undefined))
  answers[0]?.('former')
  while (observer.getCurrentResult().data === undefined) await new Promise((resolve) => setImmediate(resolve))
  const left = leaveMeeting(queries)
  t.equal(queries.getQueryData(PANEL_KEY), undefined)
  t.equal(observer.getCurrentResult().data, undefined)
  t.equal(answers.length, 2, 'and it is asked for')
  answers[1]?.('next')
  await left
  t.equal(observer.getCurrentResult().data, 'next')
  queries.clear()
})
