import t from 'tap'

const ORIGIN = 'https://leadlog.example'
const OLD = 'leadlog-shell-older-build'
const PAGE = '<script src="/assets/index-1.js"></script><link href="/assets/index-2.css"><link href="/icon.svg">'

/** Starts the worker in surroundings of its own. */
async function startWorker() {
  const listeners = new Map<string, (event: object) => void>()
  const kept: string[] = []
  const caches = new Map<string, string[]>([[OLD, ['/assets/index-0.js']]])
  const open = (name: string) => {
    const addresses = caches.get(name) ?? []
    caches.set(name, addresses)
    return {
      put: async (key: string, answer: Response) => {
        addresses.push(key)
        kept.push(`${key} ${await answer.text()}`)
      },
      addAll: async (all: string[]) => void addresses.push(...all)
    }
  }
  const answerTo = (address: string): Response => {
    const { pathname } = new URL(address, ORIGIN)
    if (pathname === '/') return new Response(PAGE, { headers: { 'content-type': 'text/html; charset=utf-8' } })
    const type = pathname.endsWith('.svg')
      ? 'image/svg+xml'
      : pathname.endsWith('.webmanifest')
        ? 'application/manifest+json'
        : 'text/html; charset=utf-8'
    return new Response(`page of ${pathname}`, { headers: { 'content-type': type } })
  }
  Object.assign(globalThis, {
    __LEADLOG_BUILD__: 'this-build',
    self: {
      location: new URL(ORIGIN),
      clients: { claim: () => Promise.resolve() },
      skipWaiting: () => Promise.resolve(),
      addEventListener: (type: string, listener: (event: object) => void) => listeners.set(type, listener)
    },
    caches: {
      open: (name: string) => Promise.resolve(open(name)),
      keys: () => Promise.resolve([...caches.keys()]),
      delete: (name: string) => Promise.resolve(caches.delete(name))
    },
    fetch: (asked: string | { url: string }) => Promise.resolve(answerTo(typeof asked === 'string' ? asked : asked.url))
  })
  await import('./service-worker.ts')
  const tell = async (type: 'install' | 'activate'): Promise<void> => {
    let work: Promise<unknown> | undefined
    listeners.get(type)?.({ waitUntil: (given: Promise<unknown>) => (work = given) })
    await work
  }
  const navigate = async (path: string): Promise<boolean> => {
    let answer: Promise<Response> | undefined
    const request = { method: 'GET', mode: 'navigate', url: ORIGIN + path }
    listeners.get('fetch')?.({ request, respondWith: (given: Promise<Response>) => (answer = given) })
    await answer
    return answer !== undefined
  }
  return { tell, navigate, kept, caches }
}

void t.test('the shell of the dashboard is kept, and nothing else in its place', async (t) => {
  const { tell, navigate, kept, caches } = await startWorker()
  await t.test("the gateway's own pages are never kept as the dashboard's", async (t) => {
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
    for (const path of ['/leads', '/statuses']) t.ok(await navigate(path), path)
    t.same(kept, ['/ page of /leads', '/ page of /statuses'])
  })
  await t.test('a picture or the manifest that is opened by itself is not kept as the page', async (t) => {
    for (const path of ['/icon.svg', '/manifest.webmanifest']) await navigate(path)
    t.equal(kept.length, 2)
  })
  await t.test('a new build keeps what its page loads at once, and forgets what the one before kept', async (t) => {
    await tell('install')
    t.ok(caches.has(OLD), 'until it takes over, the one before goes on with its own')
    const own = caches.get('leadlog-shell-this-build') ?? []
    t.same(own.slice(-3), ['/', '/assets/index-1.js', '/assets/index-2.css'])
    await tell('activate')
    t.same([...caches.keys()], ['leadlog-shell-this-build'])
  })
})
