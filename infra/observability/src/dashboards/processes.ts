import { lines, type Dashboard } from '../dashboard.ts'

const JOB = '{job="leadlog"}'

export const processes: Dashboard = {
  uid: 'leadlog-processes',
  title: 'Leadlog: processes',
  description: 'Processor, memory, event loop and connections of each process.',
  rows: [
    {
      title: 'Load',
      panels: [
        {
          ...lines('Processor', 'percentunit', [
            `rate(process_cpu_seconds_total${JOB}[$__rate_interval])`,
            '{{service}} {{instance}}'
          ]),
          thresholds: [0.8, 0.95]
        },
        lines('Event loop lag, 99 %', 's', [`nodejs_eventloop_lag_p99_seconds${JOB}`, '{{service}} {{instance}}']),
        lines('Garbage collection', 'percentunit', [
          `sum by (service, instance) (rate(nodejs_gc_duration_seconds_sum${JOB}[$__rate_interval]))`,
          '{{service}} {{instance}}'
        ])
      ]
    },
    {
      title: 'Memory',
      panels: [
        lines('Resident', 'bytes', [`process_resident_memory_bytes${JOB}`, '{{service}} {{instance}}']),
        {
          ...lines('Of what it may use', 'percentunit', [
            'process_resident_memory_bytes / leadlog_process_memory_limit_bytes',
            '{{service}} {{instance}}'
          ]),
          thresholds: [0.85, 0.95]
        },
        {
          ...lines('Heap of its limit', 'percentunit', [
            'nodejs_heap_size_used_bytes / leadlog_process_heap_limit_bytes',
            '{{service}} {{instance}}'
          ]),
          thresholds: [0.85, 0.95]
        }
      ]
    },
    {
      title: 'Connections and life',
      panels: [
        lines('Connected to NATS', 'short', ['leadlog_nats_connected', '{{service}} {{instance}}']),
        lines('Open files', 'short', [`process_open_fds${JOB}`, '{{service}} {{instance}}']),
        lines('Up', 'short', [`up${JOB}`, '{{instance}}']),
        lines('Age of the secrets, days', 'short', ['max by (name) (leadlog_secret_age_days)', '{{name}}']),
        lines('Running for', 's', [`time() - process_start_time_seconds${JOB}`, '{{service}} {{instance}}'])
      ]
    }
  ]
}
