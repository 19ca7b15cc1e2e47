import type { HttpProblem } from '@leadlog/service'
import fc from 'fast-check'
import t from 'tap'
import { defineQuery } from './define-query.ts'
import {
  afterParameter,
  choiceParameter,
  choicesParameter,
  cursorParameter,
  limitParameter,
  sortParameter,
  textParameter,
  timeParameter
} from './parameter.ts'

const query = defineQuery({
  state: choiceParameter({ description: 'state', words: ['open', 'done'] }),
  kinds: choicesParameter({ description: 'kinds', words: ['note', 'task', 'record'] }),
  name: textParameter({ description: 'name' }),
  from: timeParameter({ description: 'from' }),
  sort: sortParameter('-at', 'at'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

function refusal(raw: object): HttpProblem {
  try {
    query.parse(raw)
  } catch (error) {
    return error as HttpProblem
  }
  throw new Error(`${JSON.stringify(raw)} was taken`)
}

void t.test('what is absent has its default', async (t) => {
  t.match(query.parse({}), { state: undefined, sort: '-at', limit: 50, cursor: undefined, after: undefined })
})

void t.test('several words are separated by commas, and each must be known', async (t) => {
  t.same(query.parse({ kinds: 'task' }).kinds, ['task'])
  t.same(query.parse({ kinds: 'record,note' }).kinds, ['note', 'record'])
  for (const kinds of ['', 'task,', 'task,meal', 'meal', 'task note']) {
    t.match(refusal({ kinds }).errors?.[0]?.message, /must be one of note, task, record, or several/, kinds)
  }
})

void t.test('only whole numbers from 1 to 200 limit a page', async (t) => {
  for (const limit of ['1', '7', '200']) t.equal(query.parse({ limit }).limit, Number(limit))
  for (const limit of ['0', '201', '-1', '1.5', '1e2', '1e3', 'Infinity', 'NaN', '', ' 5', '05', '+5', '0x10', '٣']) {
    t.match(refusal({ limit }), { statusCode: 400, code: 'QUERY_INVALID' }, limit)
  }
  fc.assert(
    fc.property(fc.string(), (limit) => {
      const wanted = /^[1-9]\d*$/.test(limit) && Number(limit) <= 200
      if (wanted) t.equal(query.parse({ limit }).limit, Number(limit))
      else t.equal(refusal({ limit }).statusCode, 400)
    })
  )
})

void t.test('every problem is named at once, in words that help', async (t) => {
  const { message, errors } = refusal({ state: 'half', form: 'x', limit: ['1', '2'], from: 'yesterday', sort: 'name' })
  t.match(message, /^Query parameter "form" is not a parameter here; known are state, kinds, name, from/)
  t.same(
    errors?.map(({ path }) => path),
    ['querystring/form', 'querystring/state', 'querystring/from', 'querystring/sort', 'querystring/limit']
  )
  t.match(errors?.[1]?.message, 'must be one of open, done')
})

void t.test('times have a zone or are days', async (t) => {
  t.equal(query.parse({ from: '2026-11-18' }).from, '2026-11-18T00:00:00.000Z')
  t.equal(query.parse({ from: '2026-11-18T10:00:00+02:00' }).from, '2026-11-18T08:00:00.000Z')
  for (const from of ['2026-13-01', '2026-11-18T10:00:00', '1763460000', '2026'])
    t.equal(refusal({ from }).statusCode, 400)
})

void t.test('texts that Postgres would refuse do not get there', async (t) => {
  t.equal(refusal({ name: 'a\0b' }).statusCode, 400)
  t.equal(refusal({ name: '' }).statusCode, 400)
  t.equal(refusal({ name: 'x'.repeat(501) }).statusCode, 400)
})
