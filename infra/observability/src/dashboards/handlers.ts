import { count, lines, quantile, type Dashboard } from '../dashboard.ts'

export const handlers: Dashboard = {
  uid: 'leadlog-handlers',
  title: 'Leadlog: handlers and dead letters',
  description: 'What waits, what runs, what fails and what was given up.',
  rows: [
    {
      title: 'Queues',
      panels: [
        {
          ...lines('Waiting', 'short', [
            'max by (service, handler) (leadlog_handler_backlog_messages)',
            '{{service}}/{{handler}}'
          ]),
          thresholds: [1000, 10000]
        },
        lines('In hand', 'short', [
          'sum by (service, handler) (leadlog_handler_in_flight_messages)',
          '{{service}}/{{handler}}'
        ]),
        lines('Handled', 'ops', [
          'sum by (service, handler) (rate(leadlog_handled_messages_total{outcome="ack"}[$__rate_interval]))',
          '{{service}}/{{handler}}'
        ])
      ]
    },
    {
      title: 'Time',
      panels: [
        lines('From arrival to outcome, half', 's', [
          quantile(0.5, 'leadlog_handle_duration_seconds', 'service, handler'),
          '{{service}}/{{handler}}'
        ]),
        lines('From arrival to outcome, 99 %', 's', [
          quantile(0.99, 'leadlog_handle_duration_seconds', 'service, handler'),
          '{{service}}/{{handler}}'
        ]),
        lines('Lost races', 'ops', [
          'sum by (handler) (rate(leadlog_append_conflicts_total[$__rate_interval]))',
          '{{handler}}'
        ])
      ]
    },
    {
      title: 'Failures',
      panels: [
        lines('Tried again', 'ops', [
          'sum by (service, handler) (rate(leadlog_handled_messages_total{outcome="retry"}[$__rate_interval]))',
          '{{service}}/{{handler}}'
        ]),
        lines('Delivered again', 'ops', [
          'sum by (service, handler) (rate(leadlog_redelivered_messages_total[$__rate_interval]))',
          '{{service}}/{{handler}}'
        ]),
        lines('Unreadable messages', 'ops', [
          'sum by (service, stream) (rate(leadlog_unreadable_messages_total[$__rate_interval]))',
          '{{service}} {{stream}}'
        ]),
        count(
          'Dead letters',
          'sum(max by (owner, handler) (leadlog_dead_letters_open))',
          'docs/runbooks/dead-letter-opened.md'
        ),
        {
          ...lines('Dead letters by handler', 'short', [
            'max by (owner, handler) (leadlog_dead_letters_open)',
            '{{owner}}/{{handler}}'
          ]),
          width: 10
        },
        {
          ...lines('Given up', 'ops', [
            'sum by (service, handler) (rate(leadlog_handled_messages_total{outcome="dead-letter"}[$__rate_interval]))',
            '{{service}}/{{handler}}'
          ]),
          width: 10
        }
      ]
    },
    {
      title: 'Readings',
      panels: [
        lines('By outcome', 'ops', [
          'sum by (kind, outcome) (rate(leadlog_readings_total[$__rate_interval]))',
          '{{kind}} {{outcome}}'
        ]),
        {
          ...lines('Success', 'percentunit', [
            'sum by (kind) (rate(leadlog_readings_total{outcome="extracted"}[1h])) / sum by (kind) (rate(leadlog_readings_total{outcome=~"extracted|rejected|failed"}[1h]))',
            '{{kind}}'
          ]),
          description: 'Readings that gave something that may be used.'
        },
        lines('By rules in place of the model', 'ops', [
          'sum by (kind) (rate(leadlog_model_fallbacks_total[$__rate_interval]))',
          '{{kind}}'
        ])
      ]
    }
  ]
}
