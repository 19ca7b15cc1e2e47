import { createDecoder, type Decoder, type DecoderOptions } from './decoder.ts'
import { createEncoder, type Encode, type EncoderOptions } from './encoder.ts'

/** Turns events into messages and back. */
export interface EventCodec extends Decoder {
  /** @throws PermanentError EVENT_LOG_EVENT_INVALID when the data does not fit the schema */
  readonly encode: Encode
}

export function createCodec(options: EncoderOptions & DecoderOptions): EventCodec {
  return { encode: createEncoder(options), ...createDecoder(options) }
}
