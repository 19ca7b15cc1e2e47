import type { Flow } from '../flow.ts'
import { PEOPLE } from '../people.ts'

const HOST = PEOPLE.admin

/** A host lets Leadlog act for them in Zoom, takes that back at Zoom, gives it again, and is disconnected here. */
export const connectsZoom: Flow = async (t, { system, page, open, checkAccessibility }) => {
  const card = page.locator('[data-vendor=zoom]')
  const host = card.locator(`[data-host="${HOST}"]`)
  const connect = async (email: string): Promise<void> => {
    await card.getByLabel('Connect a host', { exact: true }).fill(email)
    await card.getByRole('button', { name: 'Connect with Zoom' }).click()
  }

  await t.test('who agrees as somebody else is told so, and nothing is connected', async () => {
    await open('/settings/integrations')
    await connect('not an address')
    await card.getByText('Enter the address that the host has at Zoom').waitFor()
    // The simulated Zoom has one person signed in.
    await connect(PEOPLE.manager)
    await card.getByText('another Zoom user agreed').waitFor()
    await checkAccessibility('a connection that was not made')
  })

  await t.test('a host agrees at Zoom and comes back connected', async (t) => {
    await connect(HOST)
    await card.getByText('Zoom is connected.').waitFor()
    await host.getByText('Connected', { exact: true }).waitFor()
    await host.getByText(/May do \d+ things/).click()
    await host.getByText('meeting:write:meeting', { exact: true }).waitFor()
    await checkAccessibility('a connected host')
    t.match(await system.read('/v1/zoom-connections'), { data: [{ email: HOST, state: 'connected' }] })
    await card.getByRole('button', { name: 'Test Zoom' }).click()
    await card.getByText(/Zoom knows Dana/).waitFor()
  })

  await t.test('a permission that is taken back at Zoom is seen, and everything else goes on', async (t) => {
    await system.control('POST', 'zoom/revoke', { email: HOST })
    await card.getByRole('button', { name: 'Test Zoom' }).click()
    await host.getByText('Permission lost').waitFor()
    await host.getByText(/No room is opened for them until they connect again; everything else goes on/).waitFor()
    await card.getByText('Does not answer').waitFor()
    await checkAccessibility('a permission that is lost')
    t.match(await system.read('/v1/zoom-connections'), {
      data: [{ email: HOST, state: 'lost', because: 'refused-by-zoom' }]
    })
    t.match(await (await fetch(`${system.gatewayUrl}/readyz`)).json(), { ready: true })
    for (const service of system.services) t.equal((await fetch(`${service.url}/readyz`)).status, 200, service.name)
    await page.locator('[data-vendor=zoho]').getByRole('button', { name: 'Test Zoho CRM' }).click()
    await page.locator('[data-vendor=zoho]').getByText('Answers', { exact: true }).waitFor()
  })

  await t.test('connected again, and disconnected here', async (t) => {
    await host.getByRole('button', { name: 'Connect again' }).click()
    await host.getByText('Connected', { exact: true }).waitFor()
    await host.getByRole('button', { name: 'Disconnect' }).click()
    await host.getByRole('group').getByRole('button', { name: 'Disconnect' }).click()
    await host.getByText('Disconnected', { exact: true }).waitFor()
    const { grants } = (await system.control('GET', 'zoom/grants')) as { grants: { revoked: boolean }[] }
    t.ok(
      grants.every(({ revoked }) => revoked),
      'Zoom has forgotten it too'
    )
    await host.getByRole('button', { name: 'Connect again' }).click()
    await host.getByText('Connected', { exact: true }).waitFor()
  })
}
