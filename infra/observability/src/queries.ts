import { parse } from 'yaml'

/** A PromQL expression and where it stands. */
export interface NamedQuery {
  readonly where: string
  readonly expr: string
}

interface GrafanaDashboard {
  readonly title: string
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[]
}

interface RuleFile {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[]
}

/** The queries of a dashboard's file; Grafana's own variables stand for the given span. */
export function dashboardQueries(json: string, span = '5m'): NamedQuery[] {
  const dashboard = JSON.parse(json) as GrafanaDashboard
  return dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({
      where: `${dashboard.title} / ${title}`,
      expr: expr.replaceAll(/\$__(rate_interval|range|interval)/g, span)
    }))
  )
}

/** The expressions of a file of alert rules. */
export function ruleQueries(yaml: string): NamedQuery[] {
  const { groups } = parse(yaml) as RuleFile
  return groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => ({ where: alert, expr })))
}

/** Words of PromQL that stand where a metric could. */
const KEYWORDS = new Set([
  'and',
  'or',
  'unless',
  'on',
  'ignoring',
  'by',
  'without',
  'group_left',
  'group_right',
  'offset',
  'bool',
  'inf',
  'nan'
])

/** The metrics that an expression asks for, each once, in their order. */
export function metricsOf(expr: string): string[] {
  const bare = expr
    .replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '')
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, '')
    .replaceAll(/\boffset\s+\w+/g, '')
  const names = [...bare.matchAll(/(?<![\w.:])[a-zA-Z_:][\w:]*(?!\s*\()(?![\w:])/g)].map(([name]) => name)
  return [...new Set(names)].filter((name) => !KEYWORDS.has(name.toLowerCase()))
}
