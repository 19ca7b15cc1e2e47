import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import type { Flow } from '../flow.ts'
import { askForLink, followLinkInMailbox } from '../mailed-link.ts'

const EMAIL = 'iris.lindqvist@leadlog.example'
const STEP_MS = 30_000

/** Somebody who was invited signs in by mail, sets up a second factor, and comes back with it. */
export const signIn: Flow = async (t, { page, context, system, url, apiKey, checkAccessibility, expectErrors }) => {
  // Nobody is signed in at first; a used link and a wrong code are refused.
  expectErrors(/status of 401/)
  const invited = await fetch(`${url}/v1/users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ email: EMAIL, name: 'Iris Lindqvist', role: 'manager' })
  })
  t.equal(invited.status, 201)

  await page.goto(`${url}/inbox?status=failed`)
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await checkAccessibility('the sign-in')
  await askForLink(page, system, EMAIL)
  await checkAccessibility('the link is sent')
  const tab = await followLinkInMailbox(context, system)
  await tab.getByRole('heading', { name: 'Inbox' }).waitFor()
  t.match(tab.url(), /\/inbox\?status=failed$/, 'at the address that was asked for')
  await tab.close()
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
  await page.getByText('Iris Lindqvist').filter({ visible: true }).waitFor()
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()

  const again = await followLinkInMailbox(context, system)
  await again.getByRole('button', { name: 'Sign in', exact: true }).click()
  await again.getByText('This link was used already').waitFor()
  await again.close()

  const { totp, recoveryCodes } = await setUpSecondFactor(page, url, checkAccessibility)
  t.equal(recoveryCodes.length, 10)

  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await askForLink(page, system, EMAIL)
  const code = await followLinkInMailbox(context, system)
  await code.getByRole('heading', { name: 'One more step' }).waitFor()
  t.equal(await code.getByRole('heading', { name: 'My account' }).count(), 0, 'the link alone is not enough')
  const field = code.getByLabel('Code of your app')
  await field.fill('000000')
  await code.getByRole('button', { name: 'Go on' }).click()
  await code.getByText('This code is not right').waitFor()
  // The one of this half minute was used up by the set-up.
  await field.fill(totp.generate({ timestamp: Date.now() + STEP_MS }))
  await code.getByRole('button', { name: 'Go on' }).click()
  await code.getByRole('heading', { name: 'My account' }).waitFor()
  await code.close()

  await page.getByRole('heading', { name: 'My account' }).waitFor()
  await page.getByRole('button', { name: 'Switch it off' }).click()
  await page.getByLabel('Code of your app, or a recovery code').fill(recoveryCodes[0] ?? '')
  await page.getByRole('button', { name: 'Switch it off' }).click()
  await page.getByText('No second factor').waitFor()

  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.getByRole('group', { name: /End every session/ }).waitFor()
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
}

async function setUpSecondFactor(page: Page, url: string, checkAccessibility: (what: string) => Promise<void>) {
  await page.goto(`${url}/settings/account`)
  await page.getByText('this browser').waitFor()
  await checkAccessibility('my account')
  await page.getByRole('button', { name: 'Set it up' }).click()
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
  await checkAccessibility('the second factor is set up')
  const secret = (await page.locator('code').textContent()) ?? ''
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  await page.getByLabel('Code of your app').fill(totp.generate())
  await page.getByRole('button', { name: 'Switch it on' }).click()
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await codes.first().waitFor()
  await checkAccessibility('the recovery codes')
  const recoveryCodes = await codes.allTextContents()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByText('Second factor', { exact: true }).last().waitFor()
  return { totp, recoveryCodes }
}
