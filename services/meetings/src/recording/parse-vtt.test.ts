import fc from 'fast-check'
import t from 'tap'
import { parseVtt } from './parse-vtt.ts'

void t.test('who says what, and when', (t) => {
  const text = [
    '\uFEFFWEBVTT - made by Zoom',
    'NOTE nothing of this is said\nat all',
    '1\n00:00:01.000 --> 00:00:04.500\nDana Whitfield: Hello,\nMarco.',
    '2\n00:05.000 --> 00:06.000 align:start\nAnd that is it: nothing else.',
    '01:00:00.250 --> 01:00:01.000\n<v Marco Ellison>We need R&amp;D, <b>by June</b>.</v>',
    '4\n01:00:02.000 --> 01:00:02.000\n   '
  ].join('\r\n\r\n')
  t.strictSame(parseVtt(text, ['dana  whitfield', null]), [
    { startMs: 1_000, endMs: 4_500, speaker: 'Dana Whitfield', words: 'Hello, Marco.' },
    { startMs: 5_000, endMs: 6_000, speaker: null, words: 'And that is it: nothing else.' },
    { startMs: 3_600_250, endMs: 3_601_000, speaker: 'Marco Ellison', words: 'We need R&D, by June.' }
  ])
  t.strictSame(parseVtt('WEBVTT', []), [])
  t.strictSame(parseVtt('WEBVTT\n\n00:00.000 --> 00:01.000\nWell. So: yes.', [])[0]?.speaker, null)
  t.end()
})

void t.test('the first words before a colon are a name where somebody is called so, or speaks again and again', (t) => {
  const read = (said: readonly string[], names: readonly string[] = []) => {
    const text = ['WEBVTT', ...said.map((words) => `00:00.000 --> 00:01.000\n${words}`)].join('\n\n')
    return parseVtt(text, names).map(({ speaker, words }) => (speaker === null ? words : `[${speaker}] ${words}`))
  }
  const note = 'Note: we start at three.'
  t.strictSame(read([note, note, 'Marco E.: Fine.']), [note, note, 'Marco E.: Fine.'])
  t.strictSame(read([note, 'Marco E.: Fine.'], ['Marco E.']), [note, '[Marco E.] Fine.'])
  t.strictSame(read(['iPad: One.', note, 'iPad: Two.', 'iPad: Three.']), [
    '[iPad] One.',
    note,
    '[iPad] Two.',
    '[iPad] Three.'
  ])
  t.strictSame(read(['So it is. Yes: a.', 'So it is. Yes: b.', 'So it is. Yes: c.'])[0], 'So it is. Yes: a.')
  t.strictSame(read([`<v Marco>${note}`], ['Note']), [`[Marco] ${note}`])
  t.end()
})

void t.test('what is no WebVTT is refused as a whole', (t) => {
  for (const bad of [
    '',
    '<html>Sign in</html>',
    'WEBVTTX\n\n',
    'WEBVTT\n00:00.000 --> 00:01.000\nHello',
    'WEBVTT\n\nHello\nthere',
    'WEBVTT\n\n00:00.000 --> soon\nHello',
    'WEBVTT\n\n00:61.000 --> 01:00.000\nHello',
    'WEBVTT\n\n00:02.000 --> 00:01.000\nHello'
  ]) {
    t.throws(() => parseVtt(bad, []), { code: 'MEETINGS_TRANSCRIPT_UNREADABLE' }, bad)
  }
  t.end()
})

void t.test('whatever is in a file, it is read or refused', (t) => {
  const line = fc.oneof(fc.string(), fc.constantFrom('', '00:00.000 --> 00:01.000', 'A: b', '<v x>', '&amp;', 'NOTE'))
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      try {
        return parseVtt(['WEBVTT', '', ...lines].join('\n'), ['A']).every(({ words }) => words !== '')
      } catch (error) {
        return (error as { code?: string }).code === 'MEETINGS_TRANSCRIPT_UNREADABLE'
      }
    })
  )
  t.end()
})
