import { readFileSync } from 'node:fs'

/** Quick enough that a stop feels like one, rare enough to cost nothing. */
const LOOK_EVERY_MS = 300

/**
 * Calls `onGone` when the npm that runs this script ends. npm passes a signal on to its shell only, and the shell ends
 * without passing it further; without this, `npm start` would be stopped and everything it started would stay.
 * Does nothing outside an npm script: a program that outlives its shell does so on purpose.
 */
export function watchLauncher(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return
  const shell = process.ppid
  const npm = isShell(shell) ? parentOf(shell) : undefined
  const timer = setInterval(() => {
    if (process.ppid === shell && (npm === undefined || parentOf(shell) === npm)) return
    clearInterval(timer)
    onGone()
  }, LOOK_EVERY_MS)
  timer.unref()
}

function isShell(pid) {
  try {
    const [name = '', option] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return /(^|\/)(ba|da|a)?sh$/.test(name) && option === '-c'
  } catch {
    return false
  }
}

/** Undefined where the system does not tell. */
function parentOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}
