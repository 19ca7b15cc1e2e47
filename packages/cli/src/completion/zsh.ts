import type { CompletionFacts } from './completion-facts.ts'

/** A completion script for zsh, as a function file of `fpath` or for `eval`. */
export function zshScript({ words, options }: CompletionFacts): string {
  const names = [...new Set([...words.keys(), ...options.keys()])].filter((name) => name !== '')
  const wordCases = [...words].map(
    ([behind, next]) =>
      `    '${behind}') next=(${next.map(({ word, summary }) => quoted(`${word}:${summary}`)).join(' ')}) ;;`
  )
  const optionCases = [...options].map(
    ([verb, own]) =>
      `    '${verb}') flags=(${own.map(({ name, description }) => quoted(`--${name}:${description}`)).join(' ')}) ;;`
  )
  const choiceCases = [...options].flatMap(([verb, own]) =>
    own
      .filter(({ choices }) => choices.length > 0)
      .map(({ name, choices }) => `    '${verb} --${name}') compadd ${choices.map(quoted).join(' ')}; return ;;`)
  )
  return `#compdef leadlog
_leadlog() {
  local behind='' known='' word
  local -a next flags
  local -i index
  for ((index = 2; index < CURRENT; index++)); do
    word="\${words[index]}"
    [[ "$word" == -* ]] && break
    known="\${behind:+$behind }$word"
    case "$known" in
      ${names.map(quoted).join('|')}) behind="$known" ;;
      *) break ;;
    esac
  done
  case "$behind \${words[CURRENT-1]}" in
${choiceCases.join('\n')}
  esac
  case "$behind" in
${wordCases.join('\n')}
  esac
  case "$behind" in
${optionCases.join('\n')}
  esac
  if [[ "\${words[CURRENT]}" == -* ]]; then
    _describe 'option' flags
  elif (( \${#next} )); then
    _describe 'verb' next
  else
    _files
  fi
}
if [ "\${funcstack[1]}" = '_leadlog' ]; then _leadlog "$@"; else compdef _leadlog leadlog; fi`
}

function quoted(words: string): string {
  return `'${words.replaceAll("'", "'\\''")}'`
}
