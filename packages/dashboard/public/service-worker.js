// Keeps the shell of the dashboard, so that it opens at once and without a network. Data never passes through here.
const SHELL = 'leadlog-shell-1'

self.addEventListener('install', (event) => {
  event.waitUntil(self.skipWaiting())
})

self.addEventListener('activate', (event) => {
  const forget = async () => {
    const names = await caches.keys()
    await Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name)))
    await self.clients.claim()
  }
  event.waitUntil(forget())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (url.pathname.startsWith('/assets/')) event.respondWith(fromCacheFirst(request))
  else if (request.mode === 'navigate' && !/^\/(v1|docs|openapi\.json)/.test(url.pathname)) {
    event.respondWith(fromNetworkFirst(request))
  }
})

/** Names of assets carry a hash of their content: one that is there is the right one. */
async function fromCacheFirst(request) {
  const kept = await caches.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) {
    const shell = await caches.open(SHELL)
    await shell.put(request, answer.clone())
  }
  return answer
}

/** Every page is the same document; the newest is kept for when there is no network. */
async function fromNetworkFirst(request) {
  const shell = await caches.open(SHELL)
  try {
    const answer = await fetch(request)
    if (answer.ok) await shell.put('/', answer.clone())
    return answer
  } catch (error) {
    const kept = await shell.match('/')
    if (kept) return kept
    throw error
  }
}
