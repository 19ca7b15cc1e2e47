import { t } from 'tap'
import { decodeFrames, encodeFrame, type Frame } from './frames.ts'

async function* pieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield await Promise.resolve(bytes.subarray(at, at + length))
}

void t.test('frames come out as they went in, however the bytes are cut', async (t) => {
  const frames: Frame[] = [
    {
      head: { sequence: 1, time: '1790000000123456789', subject: 'in.a.é', headers: ['X', 'ü'] },
      data: Buffer.from('{}')
    },
    { head: { body: 'webhook/1' }, data: Buffer.alloc(1_000, 7) },
    { head: { sequence: 2, time: '1790000000123456790', subject: 'in.a.b', headers: [] }, data: Buffer.alloc(0) }
  ]
  const bytes = Buffer.concat(frames.map(encodeFrame))
  for (const length of [1, 7, 64, bytes.length]) {
    const read: Frame[] = []
    for await (const { head, data } of decodeFrames(pieces(bytes, length))) read.push({ head, data: Buffer.from(data) })
    t.strictSame(read, frames, `pieces of ${length}`)
  }
  const cut = async () => {
    for await (const _ of decodeFrames(pieces(bytes.subarray(0, -1 - 20), 64)));
  }
  await t.rejects(cut(), RangeError)
})
