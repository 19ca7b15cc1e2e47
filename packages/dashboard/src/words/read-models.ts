interface Standing {
  readonly name: string
  readonly state: string
  readonly lagEvents: number
  readonly lagSeconds: number
  readonly parkedKeys: number
  readonly parked: readonly { readonly key: string; readonly message: string; readonly parkedAt: string }[]
}

/** A read model over all streams that it follows. */
export type ReadModel = Standing

/** The states from the one that a person should hear of first. */
const TROUBLE_FIRST = ['rebuilding', 'catching-up', 'superseded', 'standby', 'running']

/** One line for each read model, whatever number of streams it follows: the worst of them counts. */
export function byProjection(standings: readonly Standing[]): ReadModel[] {
  const models = Map.groupBy(standings, ({ name }) => name)
  return [...models].map(([name, all]) => ({
    name,
    state: TROUBLE_FIRST.find((state) => all.some((one) => one.state === state)) ?? all[0]?.state ?? 'running',
    lagEvents: all.reduce((sum, one) => sum + one.lagEvents, 0),
    lagSeconds: Math.max(...all.map((one) => one.lagSeconds)),
    parkedKeys: all.reduce((sum, one) => sum + one.parkedKeys, 0),
    parked: all.flatMap((one) => one.parked)
  }))
}
