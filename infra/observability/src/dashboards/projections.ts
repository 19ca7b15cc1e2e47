import { count, lines, type Dashboard } from '../dashboard.ts'

export const projections: Dashboard = {
  uid: 'leadlog-projections',
  title: 'Leadlog: read models and streams',
  description: 'How far the read models are, and how much the log holds.',
  rows: [
    {
      title: 'Read models',
      panels: [
        {
          ...lines('Behind', 's', [
            'max by (projection, stream) (leadlog_projection_behind_seconds)',
            '{{projection}} {{stream}}'
          ]),
          thresholds: [5, 30]
        },
        lines('Messages behind', 'short', [
          'max by (projection, stream) (leadlog_projection_behind_events)',
          '{{projection}} {{stream}}'
        ]),
        lines('Age of an event when it is shown', 's', [
          'max by (projection, stream) (leadlog_projection_lag_seconds)',
          '{{projection}} {{stream}}'
        ]),
        lines('Applied', 'ops', [
          'sum by (projection) (rate(leadlog_projected_events_total[$__rate_interval]))',
          '{{projection}}'
        ]),
        count(
          'Parked rows',
          'sum(max by (projection) (leadlog_projection_parked_keys))',
          'docs/runbooks/projection-parked.md'
        ),
        lines('Parked rows by read model', 'short', [
          'max by (projection) (leadlog_projection_parked_keys)',
          '{{projection}}'
        ])
      ]
    },
    {
      title: 'Reads',
      panels: [
        lines('Shared reads, by how they were answered', 'ops', [
          'sum by (outcome) (rate(leadlog_shared_reads_total[$__rate_interval]))',
          '{{outcome}}'
        ])
      ]
    },
    {
      title: 'Streams',
      panels: [
        lines('Messages', 'short', ['max by (stream) (leadlog_stream_messages)', '{{stream}}']),
        lines('Size', 'bytes', ['max by (stream) (leadlog_stream_bytes)', '{{stream}}']),
        lines('Time of an append, 99 %', 's', [
          'histogram_quantile(0.99, sum by (le, service, stream) (rate(leadlog_append_duration_seconds_bucket[$__rate_interval])))',
          '{{service}} {{stream}}'
        ])
      ]
    }
  ]
}
