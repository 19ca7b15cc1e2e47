import { spawn } from 'node:child_process'
import { Socket } from 'node:net'
import type { Writable } from 'node:stream'

/**
 * A few kilobytes of shell that outlive this process. It learns on its standard input which
 * processes were started; when that pipe closes, however this process ended, it stops what is left:
 * the highest stage first (services before simulators before servers), each stage politely, then by force.
 * `add <pid>:<stage>:<signal>`, `del <pid>` and `file <path>` (deleted first) are its only words.
 */
const SCRIPT = `
trap '' INT TERM HUP QUIT
# A process that has ended but was not collected yet counts as gone.
alive() {
  kill -0 "$1" 2>/dev/null || return 1
  state=''
  { read -r state < "/proc/$1/stat"; } 2>/dev/null
  case $state in *') Z '*) return 1 ;; esac
}
list=''
file=''
while read -r word rest; do
  case $word in
    add) list="$list $rest" ;;
    del) new=''; for e in $list; do [ "\${e%%:*}" = "$rest" ] || new="$new $e"; done; list=$new ;;
    file) file=$rest ;;
  esac
done
[ -z "$file" ] || rm -f "$file"
for stage in 3 2 1; do
  pids=''
  for e in $list; do
    rest=\${e#*:}
    if [ "\${rest%%:*}" = "$stage" ] && kill -"\${rest#*:}" "\${e%%:*}" 2>/dev/null; then pids="$pids \${e%%:*}"; fi
  done
  turn=0
  while [ -n "$pids" ] && [ $turn -lt 100 ]; do
    left=''
    for p in $pids; do alive "$p" && left="$left $p"; done
    pids=$left
    [ -z "$pids" ] || sleep 0.1
    turn=$((turn + 1))
  done
  for p in $pids; do kill -KILL "$p" 2>/dev/null; done
done
`

/** In which order processes are stopped: services (3) before simulators (2) before servers (1). */
export type Stage = 1 | 2 | 3

let pipe: Writable | undefined

/** From now on `pid` is ended, with `signal` first, when this process is gone. */
export function guard(pid: number, stage: Stage, signal: NodeJS.Signals): void {
  pipe ??= start()
  pipe.write(`add ${String(pid)}:${String(stage)}:${signal.replace(/^SIG/, '')}\n`)
}

/** `pid` has ended; its number may belong to another process soon. */
export function unguard(pid: number): void {
  pipe?.write(`del ${String(pid)}\n`)
}

/** The one file that is deleted when this process is gone; it says that everything answers. */
export function guardFile(file: string): void {
  pipe ??= start()
  pipe.write(`file ${file}\n`)
}

function start(): Writable {
  const child = spawn('/bin/sh', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' })
  child.unref()
  const stdin = child.stdin
  // The watchdog must not keep this process alive, nor must its end break it.
  if (stdin instanceof Socket) stdin.unref()
  stdin.on('error', () => undefined)
  return stdin
}
