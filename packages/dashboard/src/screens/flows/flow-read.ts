import type { AnswerOf } from '../../api/client.ts'

/** A flow as the gateway tells it: its draft, and everything that was published. */
export type FlowDetail = AnswerOf<'/v1/flows/{id}'>
