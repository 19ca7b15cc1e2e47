export { MOST_SEGMENTS, segmentsOf, type Segments } from '@leadlog/call-flow/segments'
