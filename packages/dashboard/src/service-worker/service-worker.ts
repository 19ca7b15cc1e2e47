/** What is used of a service worker's surroundings; TypeScript knows them only in place of a page's. */
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}

interface FetchEvent extends WorkerEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}

interface Worker {
  readonly location: Location
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: WorkerEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void
}

const worker = self as unknown as Worker

/** One for each build: with another build, another worker is installed, and what belonged to the one before is forgotten. */
const SHELL = `leadlog-shell-${__LEADLOG_BUILD__}`

/** What the gateway answers beside the dashboard: kept as its shell, it would stand in its place without a network. */
const NOT_PAGES = /^\/(v1|docs|openapi|status|sign-in|zoom-panel|healthz|readyz|metrics)(?![\w-])/

// Keeps the shell of the dashboard, so that it opens at once and without a network. Data never passes through here.
worker.addEventListener('install', (event) => event.waitUntil(keepShell().then(() => worker.skipWaiting())))
worker.addEventListener('activate', (event) => event.waitUntil(forgetOlder()))
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return
  if (url.pathname.startsWith('/assets/')) event.respondWith(fromCacheFirst(request))
  else if (request.mode === 'navigate' && !NOT_PAGES.test(url.pathname)) {
    event.respondWith(fromNetworkFirst(request))
  }
})

/** The page and what it loads at once: they came before this worker could see them. */
async function keepShell(): Promise<void> {
  const shell = await caches.open(SHELL)
  const page = await fetch('/', { headers: { accept: 'text/html' } })
  if (!isPage(page)) throw new Error(`the page could not be kept: the gateway answered ${String(page.status)}`)
  const text = await page.clone().text()
  await shell.put('/', page)
  await shell.addAll([...new Set(Array.from(text.matchAll(/"(\/assets\/[^"]+)"/g), ([, address = '']) => address))])
}

async function forgetOlder(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name)))
  await worker.clients.claim()
}

/** Names of assets carry a hash of their content: one that is there is the right one. */
async function fromCacheFirst(request: Request): Promise<Response> {
  const kept = await caches.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await (await caches.open(SHELL)).put(request, answer.clone())
  return answer
}

/** Every page is the same document; the newest is kept for when there is no network. */
async function fromNetworkFirst(request: Request): Promise<Response> {
  const shell = await caches.open(SHELL)
  try {
    const answer = await fetch(request)
    if (isPage(answer)) await shell.put('/', answer.clone())
    return answer
  } catch (error) {
    const kept = await shell.match('/')
    if (kept) return kept
    throw error
  }
}

/** A picture or the manifest can be navigated to as well, and is no shell. */
function isPage(answer: Response): boolean {
  return answer.ok && (answer.headers.get('content-type') ?? '').startsWith('text/html')
}

export {}
