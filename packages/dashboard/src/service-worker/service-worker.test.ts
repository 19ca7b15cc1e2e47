import t from 'tap'

const ORIGIN = 'https://leadlog.example'

/** Starts the worker in surroundings of its own, and tells whether it answers for a navigation to the path. */
async function startWorker() {
  const listeners = new Map<string, (event: object) => void>()
  const kept: string[] = []
  const shell = { put: async (key: string, answer: Response) => void kept.push(`${key} ${await answer.text()}`) }
  Object.assign(globalThis, {
    self: {
      location: new URL(ORIGIN),
      addEventListener: (type: string, listener: (event: object) => void) => listeners.set(type, listener)
    },
    caches: { open: () => Promise.resolve(shell) },
    fetch: ({ url }: { url: string }) => Promise.resolve(new Response(`page of ${new URL(url).pathname}`))
  })
  await import('./service-worker.ts')
  const navigate = async (path: string): Promise<boolean> => {
    let answer: Promise<Response> | undefined
    const request = { method: 'GET', mode: 'navigate', url: ORIGIN + path }
    listeners.get('fetch')?.({ request, respondWith: (given: Promise<Response>) => (answer = given) })
    await answer
    return answer !== undefined
  }
  return { navigate, kept }
}

void t.test("the gateway's own pages are never kept as the dashboard's", async (t) => {
  const { navigate, kept } = await startWorker()
  for (const path of [
    '/status',
    '/status.json',
    '/sign-in',
    '/sign-in?token=a',
    '/docs/',
    '/openapi.json',
    '/v1/leads',
    '/readyz'
  ])
    t.notOk(await navigate(path), path)
  t.same(kept, [])
  for (const path of ['/', '/leads', '/statuses']) t.ok(await navigate(path), path)
  t.same(kept, ['/ page of /', '/ page of /leads', '/ page of /statuses'])
})
