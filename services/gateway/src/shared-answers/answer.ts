import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { BROTLI_QUALITY, COMPRESS_FROM_BYTES } from '../query/compression.ts'
import { hasTag, setTag, tagOf } from '../query/etag.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

/** What is made of an answer's text for whoever gets it: once, however many they are. */
export interface Answer {
  readonly body: string
  readonly tag: string
  encoded(encoding: Encoding): Promise<Buffer>
}

const ENCODINGS = ['br', 'gzip'] as const
type Encoding = (typeof ENCODINGS)[number]

const brotli = promisify<string, object, Buffer>(brotliCompress)
const compressions: Readonly<Record<Encoding, (body: string) => Promise<Buffer>>> = {
  br: (body) => brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: promisify<string, Buffer>(gzip)
}

export function answerOf(body: string): Answer {
  const made: Partial<Record<Encoding, Promise<Buffer>>> = {}
  return {
    body,
    tag: tagOf(body),
    encoded: (encoding) => (made[encoding] ??= compressions[encoding](body))
  }
}

/** Sets the headers of the answer and gives what is to be sent: bytes that are compressed already, or nothing to who has it. */
export async function readyToSend(
  answer: Answer,
  request: FastifyRequest,
  reply: FastifyReply
): Promise<Buffer | string | null> {
  void reply.type(JSON_TYPE)
  setTag(reply, answer.tag)
  if (hasTag(request, answer.tag)) {
    void reply.code(304).removeHeader('content-type').removeHeader('content-length')
    return null
  }
  const encoding = answer.body.length < COMPRESS_FROM_BYTES ? undefined : encodingFor(request)
  if (encoding === undefined) return answer.body
  void reply.header('content-encoding', encoding).header('vary', 'accept-encoding').removeHeader('content-length')
  return answer.encoded(encoding)
}

/** Undefined where it is to be sent as it is, or in an encoding that is not made in advance. */
function encodingFor({ headers }: FastifyRequest): Encoding | undefined {
  if (headers['x-no-compression'] !== undefined) return undefined
  const given = String(headers['accept-encoding'] ?? '').toLowerCase()
  const wanted = given.split(',').flatMap((part) => {
    const [name = '', ...rest] = part.split(';').map((one) => one.trim())
    return rest.some((one) => /^q=0(\.0*)?$/.test(one)) ? [] : [name]
  })
  return ENCODINGS.find((encoding) => wanted.includes(encoding))
}
