/** Asks for a link, confirms one, and asks for a code. The link's secret stands behind the `#`: no server sees it by a GET. */
export const SIGN_IN_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in – Leadlog</title>
<style>
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif }
main { max-width: 24rem; margin: 18vh auto 4rem; padding: 0 1.25rem }
h1 { font-size: 1.5rem; margin: 0 0 1rem }
label { display: block; font-size: .875rem }
input, button { font: inherit; width: 100%; box-sizing: border-box; padding: .6rem .75rem; border-radius: .5rem }
input { border: 1px solid #8a94a6; background: Field; color: FieldText; margin: .25rem 0 .75rem }
button { border: 0; background: #1f5fd0; color: #fff; cursor: pointer }
button:focus-visible, input:focus-visible, a:focus-visible { outline: 3px solid #84adff; outline-offset: 2px }
[hidden] { display: none }
#said { margin-top: 1rem; min-height: 1.6em }
</style>
</head>
<body>
<main>
<h1>Sign in to Leadlog</h1>
<form id="ask" hidden>
<label for="email">Your e-mail address</label>
<input id="email" type="email" autocomplete="email" required maxlength="254">
<button>Mail me a link</button>
</form>
<form id="confirm" hidden><button>Sign in</button></form>
<form id="prove" hidden>
<label for="code">The code of your app, or a recovery code</label>
<input id="code" inputmode="text" autocomplete="one-time-code" required minlength="6" maxlength="20">
<button>Go on</button>
</form>
<p id="said" role="status"></p>
<noscript>This page needs JavaScript.</noscript>
</main>
<script src="/sign-in/page.js" type="module"></script>
</body>
</html>
`

export const SIGN_IN_SCRIPT = `const part = (id) => document.getElementById(id)
const said = part('said')
const show = (id, words = '') => {
  for (const form of document.querySelectorAll('form')) form.hidden = form.id !== id
  said.textContent = words
  part(id)?.querySelector('input, button').focus()
}
const post = async (path, body) => {
  const answer = await fetch('/v1/sign-in' + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-leadlog-csrf': '1' },
    body: JSON.stringify(body)
  })
  const json = await answer.json()
  if (!answer.ok) throw new Error(json.detail)
  return json
}
const on = (id, act) =>
  part(id).addEventListener('submit', async (event) => {
    event.preventDefault()
    const button = event.target.querySelector('button')
    button.disabled = true
    try {
      await act()
    } catch (error) {
      said.textContent = error.message
    } finally {
      button.disabled = false
    }
  })
const done = ({ state, user }) => {
  if (state === 'code-needed') return show('prove')
  show('none', 'You are signed in as ' + user.email + '.')
}
let link = location.hash.slice(1)
history.replaceState(null, '', location.pathname)
on('ask', async () => {
  const { minutes } = await post('', { email: part('email').value })
  show('none', 'If this address may sign in, a link is on its way. It is good for ' + minutes + ' minutes, in this browser.')
})
on('confirm', async () => {
  try {
    done(await post('/confirm', { link }))
  } catch (error) {
    show('ask', error.message)
  }
})
on('prove', async () => done(await post('/code', { code: part('code').value })))
show(/^[\\w-]{43}$/.test(link) ? 'confirm' : 'ask')
`
