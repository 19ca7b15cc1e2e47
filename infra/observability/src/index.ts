export { dashboards } from './dashboards/index.ts'
export { grafanaJson } from './grafana-json.ts'
export { dashboardQueries, ruleQueries, type NamedQuery } from './queries.ts'
