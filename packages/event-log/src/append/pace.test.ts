import t from 'tap'
import { createPace } from './pace.ts'

/** Plays a server on which both ways cost what they cost, with `waiting` appends at a time. */
function batchShare(costs: { singleMs: number; batchMs: number }, waiting: number): number {
  const pace = createPace()
  let batches = 0
  const rounds = 2_000
  for (let round = 0; round < rounds; round++) {
    if (pace.prefersSingles(waiting, 0)) {
      // Each of them tells of the wait that they shared.
      for (let append = 0; append < waiting; append++) pace.singleTook(costs.singleMs * waiting, waiting)
    } else {
      batches += 1
      pace.batchTook(costs.batchMs + waiting * 0.03, waiting)
    }
  }
  return batches / rounds
}

void t.test('takes the way that is faster on the server it meets, and few detours', async (t) => {
  const noSync = { singleMs: 0.02, batchMs: 1 }
  const quickDisk = { singleMs: 0.05, batchMs: 5 }
  const slowDisk = { singleMs: 0.5, batchMs: 6 }
  t.equal(batchShare(slowDisk, 4), 0)
  t.ok(batchShare(quickDisk, 64) < 0.05, 'singles where syncing costs nothing')
  t.ok(batchShare(slowDisk, 64) > 0.95, 'batches where every single append syncs')
  t.ok(batchShare(slowDisk, 512) > 0.95)
  t.ok(batchShare(noSync, 512) < 0.05, 'singles, however many, where one costs less than a place in a batch')
  t.equal(batchShare(noSync, 2_000), 1)
})

void t.test('finds out when the server has changed', async (t) => {
  const pace = createPace()
  for (let round = 0; round < 200; round++) pace.singleTook(64 * 0.6, 64)
  t.notOk(pace.prefersSingles(64, 0))
  let decisions = 0
  while (!pace.prefersSingles(64, 0)) {
    pace.batchTook(6 + 64 * 0.03, 64)
    decisions += 1
  }
  t.ok(decisions < 2_000, `tried the other way after ${decisions} decisions`)
})

void t.test('the way there and back of a lone append is not what many cost', async (t) => {
  const pace = createPace()
  for (let round = 0; round < 500; round++) pace.singleTook(0.4, 1)
  t.ok(pace.prefersSingles(64, 0))
  for (let round = 0; round < 100; round++) pace.singleTook(64 * 0.6, 64)
  t.notOk(pace.prefersSingles(64, 0))
})

void t.test('one moment in which the server does something else changes nothing', async (t) => {
  const pace = createPace()
  for (let round = 0; round < 1_000; round++) pace.singleTook(64 * 0.02, 64)
  for (let append = 0; append < 64; append++) pace.singleTook(64 * 0.6, 64)
  t.ok(pace.prefersSingles(64, 0))
})
