/** Answers smaller than this do not get smaller. */
export const COMPRESS_FROM_BYTES = 1_024
/** Beyond it brotli takes many times as long for a few per cent. */
export const BROTLI_QUALITY = 4
