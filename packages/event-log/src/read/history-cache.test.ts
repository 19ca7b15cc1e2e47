import t from 'tap'
import type { SealedEvent } from '../codec/message.ts'
import { createHistoryCache } from './history-cache.ts'

function events(bytes: number, ...sequences: number[]): SealedEvent[] {
  return sequences.map((sequence) => ({ sequence, bytes, stream: 'EVENTS', data: {} }) as unknown as SealedEvent)
}

void t.test(
  'stays within its bytes, forgets what was used longest ago, refuses what would fill it alone',
  async (t) => {
    const cache = createHistoryCache(800)
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) cache.put(name, events(50, 1, 2))
    t.equal(cache.bytes, 800)
    t.equal(cache.get('a')?.sequence, 2)
    cache.put('i', events(100, 9))
    t.equal(cache.bytes, 800)
    t.equal(cache.get('b'), undefined, 'a was used after b')
    t.equal(cache.get('a')?.events.length, 2)

    cache.put('a', events(50, 1))
    t.equal(cache.get('a')?.sequence, 2, 'the longer history stays')
    cache.put('a', events(30, 1, 2, 3))
    t.equal(cache.get('a')?.sequence, 3)
    cache.put('a', events(50, 1, 2, 3, 4))
    t.equal(cache.get('a'), undefined, 'one that became too large is not kept, nor its beginning')
    t.equal(cache.bytes, 700)
    cache.put('empty', [])
    t.equal(cache.get('empty'), undefined)
  }
)
