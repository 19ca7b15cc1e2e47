import type { CommandDefinition } from '@leadlog/contracts'
import { discardDeadLetter, replayMessage, retryDeadLetter, simulateDeadLetter } from '@leadlog/contracts'
import { COMMANDS_HANDLER, createCommandRunner, type CommandHost } from '../command/start-commands.ts'
import type { CommandHandler } from '../command/command-handler.ts'
import type { Flags } from '../flags/watch-flags.ts'
import { reactorContext, rehearsalContext } from '../handler/reactor-context.ts'
import { runReactor } from '../handler/run-reactor.ts'
import { commonStream } from '../handler/subjects.ts'
import type { ServiceManifest } from '../manifest.ts'
import { deadLetterHandlers } from './dead-letter-handlers.ts'
import { replayHandler, withoutVersion } from './replay-handler.ts'
import type { OperatedHandler } from './run-again.ts'

type Parts<Deps> = Pick<ServiceManifest<never, Deps>, 'name' | 'reactors' | 'commands' | 'simulate'>

/** All commands that a service does: its own, and those of operators about what its handlers take. */
export function serviceCommands<Deps>(
  manifest: Parts<Deps>,
  host: CommandHost<Deps> & { readonly flags: Flags }
): readonly CommandHandler<Deps>[] {
  const own = manifest.commands ?? []
  if (!hasHandlers(manifest)) return own
  const findHandler = (name: string): OperatedHandler | undefined => {
    if (name === COMMANDS_HANDLER)
      return { run: runCommand, rehearse: null, takes: new Set(), stream: 'COMMANDS', repeatable: [], pausedBy: null }
    const reactor = manifest.reactors.find((one) => one.name === name)
    if (!reactor) return undefined
    const simulated = manifest.simulate?.(host.deps)
    const { pausedBy } = reactor
    return {
      run: (message, delivery, options) =>
        runReactor(reactor, message, host.deps, reactorContext(reactor, host, delivery, options)),
      rehearse: simulated
        ? (message, delivery, options) =>
            runReactor(reactor, message, simulated, rehearsalContext(reactor, host, delivery, options))
        : null,
      takes: new Set(reactor.on.map(({ type }) => withoutVersion(type))),
      stream: commonStream(reactor.on),
      repeatable: reactor.repeatable ?? [],
      pausedBy: pausedBy === undefined || host.flags.isOn(pausedBy) ? null : pausedBy
    }
  }
  const operated = { ...host, findHandler }
  const all: readonly CommandHandler<Deps>[] = [...own, ...deadLetterHandlers(operated), replayHandler(operated)]
  const runCommand = createCommandRunner(all, host)
  return all
}

/** What {@link serviceCommands} does, by definition. */
export function commandsOf(
  manifest: Pick<ServiceManifest, 'name'> & {
    reactors: readonly unknown[]
    commands?: readonly Pick<CommandHandler<never>, 'command'>[]
  }
): readonly CommandDefinition[] {
  const own = (manifest.commands ?? []).map(({ command }) => command)
  const { name } = manifest
  return hasHandlers(manifest)
    ? [...own, retryDeadLetter(name), simulateDeadLetter(name), discardDeadLetter(name), replayMessage(name)]
    : own
}

function hasHandlers(manifest: { reactors: readonly unknown[]; commands?: readonly unknown[] }): boolean {
  return manifest.reactors.length > 0 || (manifest.commands ?? []).length > 0
}
