import type { CompletionFacts } from './completion-facts.ts'

/** A completion script for bash 3 and newer; needs no bash-completion package. */
export function bashScript({ words, options }: CompletionFacts): string {
  const wordCases = [...words].map(
    ([behind, next]) => `    '${behind}') next='${next.map(({ word }) => word).join(' ')}' ;;`
  )
  const optionCases = [...options].map(
    ([verb, own]) => `    '${verb}') flags='${own.map(({ name }) => `--${name}`).join(' ')}' ;;`
  )
  const choiceCases = [...options].flatMap(([verb, own]) =>
    own
      .filter(({ choices }) => choices.length > 0)
      .map(({ name, choices }) => `    '${verb} --${name}') values='${choices.join(' ')}' ;;`)
  )
  return `# bash completion of leadlog
_leadlog() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local behind='' known='' word next='' flags='' values='' index
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    case "$word" in -*) break ;; esac
    known="\${behind:+$behind }$word"
    case "$known" in
${verbCase(words, options)}
      *) break ;;
    esac
  done
  case "$behind $previous" in
${choiceCases.join('\n')}
    *) ;;
  esac
  if [ -n "$values" ]; then COMPREPLY=($(compgen -W "$values" -- "$current")); return; fi
  case "$behind" in
${wordCases.join('\n')}
    *) ;;
  esac
  case "$behind" in
${optionCases.join('\n')}
    *) ;;
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$flags" -- "$current")) ;;
    *) COMPREPLY=($(compgen -W "$next" -- "$current")) ;;
  esac
}
complete -o default -F _leadlog leadlog`
}

/** Accepts the words that are a verb or a group; anything else is an argument. */
function verbCase(words: CompletionFacts['words'], options: CompletionFacts['options']): string {
  const names = [...new Set([...words.keys(), ...options.keys()])].filter((name) => name !== '')
  return `      ${names.map((name) => `'${name}'`).join('|')}) behind="$known" ;;`
}
