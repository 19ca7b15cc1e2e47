import type { Actor } from '@leadlog/contracts'

/** Who is noted for what a person does through the CLI, which knows no names. */
export const OPERATOR: Actor = 'user:operator'
