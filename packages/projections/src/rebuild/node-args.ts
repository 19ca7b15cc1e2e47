/**
 * Options of Node for a process that rebuilds: what it needs stays small, but with the usual room it collects garbage
 * so late that it holds twice as much.
 *
 * - The young generation: 16 MiB a half instead of 64. What an event makes is dead after a batch.
 * - The old generation: the limit is several times of what a rebuild needs. It is there because the heap grows by a
 *   fraction of what lives instead of by a multiple where the limit is below 2 GiB.
 */
export const REBUILD_NODE_ARGS: readonly string[] = ['--max-semi-space-size=16', '--max-old-space-size=1536']
