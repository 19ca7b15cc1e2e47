import { completionFacts } from '../completion/completion-facts.ts'
import { bashScript } from '../completion/bash.ts'
import { fishScript } from '../completion/fish.ts'
import { zshScript } from '../completion/zsh.ts'
import { argument, defineVerb } from '../declaration/verb.ts'
import { usageError } from '../errors.ts'
import { verbs } from '../verbs.ts'

const SHELLS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const

export const verb = defineVerb({
  description: 'The script holds all names; print it again after an update.',
  arguments: { shell: { ...argument('bash, zsh or fish'), choices: Object.keys(SHELLS) } },
  examples: [
    ['eval "$(leadlog completion bash)"', 'in ~/.bashrc'],
    ['leadlog completion zsh > ~/.zfunc/_leadlog', 'with fpath+=~/.zfunc before compinit in ~/.zshrc'],
    ['leadlog completion fish > ~/.config/fish/completions/leadlog.fish', 'for fish']
  ],
  async run(_context, { shell }) {
    if (!isShell(shell)) throw usageError(`There is a script for ${Object.keys(SHELLS).join(', ')}, not for ${shell}`)
    const script = SHELLS[shell](await completionFacts(verbs))
    return { value: { shell, script }, text: () => script }
  }
})

function isShell(word: string): word is keyof typeof SHELLS {
  return Object.hasOwn(SHELLS, word)
}
