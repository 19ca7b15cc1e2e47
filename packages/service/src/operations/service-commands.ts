import type { CommandDefinition } from '@leadlog/contracts'
import { discardDeadLetter, retryDeadLetter, simulateDeadLetter } from '@leadlog/contracts'
import { COMMANDS_HANDLER, createCommandRunner, type CommandHost } from '../command/start-commands.ts'
import type { CommandHandler } from '../command/command-handler.ts'
import { reactorContext, rehearsalContext } from '../handler/reactor-context.ts'
import { runReactor } from '../handler/run-reactor.ts'
import type { ServiceManifest } from '../manifest.ts'
import { deadLetterHandlers } from './dead-letter-handlers.ts'
import type { RunMessage, RunMode } from './run-again.ts'

type Parts<Deps> = Pick<ServiceManifest<never, Deps>, 'name' | 'reactors' | 'commands' | 'simulate'>

/** All commands that a service does: its own, and those about its dead letters. */
export function serviceCommands<Deps>(manifest: Parts<Deps>, host: CommandHost<Deps>): readonly CommandHandler<Deps>[] {
  const own = manifest.commands ?? []
  if (!hasHandlers(manifest)) return own
  const findHandler = (name: string, mode: RunMode): RunMessage | null | undefined => {
    if (name === COMMANDS_HANDLER) return mode === 'dry' ? null : runCommand
    const reactor = manifest.reactors.find((one) => one.name === name)
    if (!reactor) return undefined
    if (mode === 'live') {
      return (message, delivery, token) =>
        runReactor(reactor, message, host.deps, reactorContext(reactor, host, delivery, token))
    }
    const simulated = manifest.simulate?.(host.deps)
    if (!simulated) return null
    return (message, delivery, token) =>
      runReactor(reactor, message, simulated, rehearsalContext(reactor, host, delivery, token))
  }
  const all: readonly CommandHandler<Deps>[] = [...own, ...deadLetterHandlers({ ...host, findHandler })]
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
    ? [...own, retryDeadLetter(name), simulateDeadLetter(name), discardDeadLetter(name)]
    : own
}

function hasHandlers(manifest: { reactors: readonly unknown[]; commands?: readonly unknown[] }): boolean {
  return manifest.reactors.length > 0 || (manifest.commands ?? []).length > 0
}
