/**
 * Measures every contestant once a round, in an order that moves on from round to round, so that neither a slow minute
 * of the machine nor what ran just before falls on the same one. Round 0 only warms up.
 */
export async function interleave<Contestant>(
  contestants: readonly Contestant[],
  rounds: number,
  measure: (contestant: Contestant, round: number) => Promise<void>
): Promise<void> {
  for (let round = 0; round <= rounds; round += 1) {
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const contestant = contestants[(turn + round) % contestants.length]
      if (contestant !== undefined) await measure(contestant, round)
    }
  }
}
