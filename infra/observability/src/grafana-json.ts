import type { Dashboard, Panel } from './dashboard.ts'

const COLUMNS = 24
const DEFAULT_WIDTH = 8
const ROW_HEIGHT = 1
const HEIGHTS = { timeseries: 8, stat: 4, bargauge: 8, table: 8 } as const
const DATASOURCE = { type: 'prometheus', uid: '${datasource}' }
/** The newest form of Grafana 11, which later ones migrate from. */
const SCHEMA_VERSION = 39

/** A dashboard in the form that Grafana reads from a file. */
export function grafanaJson(dashboard: Dashboard): object {
  const panels: object[] = []
  let y = 0
  for (const row of dashboard.rows) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title: row.title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y, w: COLUMNS, h: ROW_HEIGHT }
    })
    y += ROW_HEIGHT
    let x = 0
    let height = 0
    for (const panel of row.panels) {
      const w = panel.width ?? DEFAULT_WIDTH
      if (x + w > COLUMNS) {
        x = 0
        y += height
        height = 0
      }
      const h = HEIGHTS[panel.kind]
      panels.push({ id: panels.length + 1, gridPos: { x, y, w, h }, ...panelJson(panel) })
      x += w
      height = Math.max(height, h)
    }
    y += height
  }
  return {
    uid: dashboard.uid,
    title: dashboard.title,
    description: dashboard.description,
    tags: ['leadlog'],
    schemaVersion: SCHEMA_VERSION,
    editable: false,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    links: [{ type: 'dashboards', tags: ['leadlog'], title: 'Leadlog', asDropdown: true, keepTime: true }],
    templating: {
      list: [{ name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Prometheus', hide: 0 }]
    },
    panels
  }
}

function panelJson(panel: Panel): object {
  const [warn, bad] = panel.thresholds ?? []
  const steps = [
    { color: 'green', value: null },
    ...(warn === undefined ? [] : [{ color: 'orange', value: warn }]),
    ...(bad === undefined ? [] : [{ color: 'red', value: bad }])
  ]
  return {
    type: panel.kind,
    title: panel.title,
    ...(panel.description === undefined ? {} : { description: panel.description }),
    datasource: DATASOURCE,
    fieldConfig: { defaults: { unit: panel.unit, min: 0, thresholds: { mode: 'absolute', steps } }, overrides: [] },
    options: optionsOf(panel),
    targets: panel.queries.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      datasource: DATASOURCE,
      expr,
      legendFormat: legend === '' ? '__auto' : legend,
      ...(panel.kind === 'timeseries' ? { range: true } : { instant: true, range: false }),
      ...(panel.kind === 'table' ? { format: 'table' } : {})
    }))
  }
}

function optionsOf({ kind }: Panel): object {
  switch (kind) {
    case 'timeseries':
      return { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } }
    case 'stat':
      return { reduceOptions: { calcs: ['lastNotNull'] }, colorMode: 'background', graphMode: 'none' }
    case 'bargauge':
      return { reduceOptions: { calcs: ['lastNotNull'] }, orientation: 'horizontal', displayMode: 'basic' }
    case 'table':
      return { showHeader: true, sortBy: [{ displayName: 'Value', desc: true }] }
  }
}
