import type { Mail } from '@leadlog/mail'

/** The mail with the link. It says what to do where nobody asked for it, and names nobody else. */
export function signInMail(options: { to: string; link: string; device: string; minutes: number }): Mail {
  const { to, link, device, minutes } = options
  const asked = `Somebody, hopefully you, asked to sign in to Leadlog (${device}).`
  const rules = `The link is good once, for ${String(minutes)} minutes, and only in the browser that asked for it.`
  const unasked = 'If you did not ask, do nothing: without this mail nobody gets in.'
  return {
    to,
    subject: 'Sign in to Leadlog',
    text: [asked, '', link, '', rules, unasked, ''].join('\n'),
    html:
      `<p>${escape(asked)}</p>` +
      `<p><a href="${escape(link)}">Sign in to Leadlog</a></p>` +
      `<p>${escape(rules)}<br>${escape(unasked)}</p>`
  }
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`)
}
