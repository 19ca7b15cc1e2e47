import { lines, quantile, type Dashboard } from '../dashboard.ts'

const HTTP = 'leadlog_http_request_duration_seconds'
const WEBHOOKS = '{service="ingest", route=~"/webhooks/.*"}'
const VOICE = '{service="telephony", route=~"/twilio/.*"}'

export const ingest: Dashboard = {
  uid: 'leadlog-ingest',
  title: 'Leadlog: ingest and API',
  description: 'What is received, how fast it is answered, and what is refused.',
  rows: [
    {
      title: 'Webhooks',
      panels: [
        lines('By provider', 'reqps', [
          'sum by (provider) (rate(leadlog_webhooks_total[$__rate_interval]))',
          '{{provider}}'
        ]),
        lines('By outcome', 'reqps', [
          'sum by (provider, outcome) (rate(leadlog_webhooks_total[$__rate_interval]))',
          '{{provider}} {{outcome}}'
        ]),
        lines('Refused', 'reqps', [
          'sum by (provider, outcome) (rate(leadlog_webhooks_total{outcome!~"accepted|duplicate|ignored"}[$__rate_interval]))',
          '{{provider}} {{outcome}}'
        ]),
        lines(
          'Time to the answer',
          's',
          [quantile(0.5, HTTP, 'service', WEBHOOKS), 'half'],
          [quantile(0.99, HTTP, 'service', WEBHOOKS), '99 %']
        ),
        lines(
          'Time to be stored',
          's',
          [quantile(0.5, 'leadlog_append_duration_seconds', 'stream', '{stream="INGEST"}'), 'half'],
          [quantile(0.99, 'leadlog_append_duration_seconds', 'stream', '{stream="INGEST"}'), '99 %']
        ),
        lines('Appends by outcome', 'ops', [
          'sum by (stream, outcome) (rate(leadlog_append_duration_seconds_count[$__rate_interval]))',
          '{{stream}} {{outcome}}'
        ])
      ]
    },
    {
      title: 'Reconciliation with the providers',
      panels: [
        lines('Compared', 'short', [
          'sum by (source, outcome) (increase(leadlog_reconciled_webhooks_total[$__range]))',
          '{{source}} {{outcome}}'
        ]),
        lines('Runs', 'short', [
          'sum by (source, outcome) (increase(leadlog_reconciliations_total[$__range]))',
          '{{source}} {{outcome}}'
        ]),
        lines('Since one saw everything', 's', [
          'time() - max by (source) (leadlog_reconciliation_last_success_timestamp_seconds > 0)',
          '{{source}}'
        ])
      ]
    },
    {
      title: 'Calls',
      panels: [
        lines('Answers to Twilio', 'reqps', [
          'sum by (route, outcome) (rate(leadlog_voice_answers_total[$__rate_interval]))',
          '{{route}} {{outcome}}'
        ]),
        lines(
          'Time to the answer',
          's',
          [quantile(0.5, HTTP, 'service', VOICE), 'half'],
          [quantile(0.99, HTTP, 'service', VOICE), '99 %']
        ),
        lines('Twilio was asked, since nothing came', 'ops', [
          'sum by (kind, outcome) (rate(leadlog_twilio_polls_total[$__rate_interval]))',
          '{{kind}} {{outcome}}'
        ]),
        lines('Recordings', 'short', ['sum by (outcome) (increase(leadlog_recordings_total[1h]))', '{{outcome}}']),
        lines('Written down', 'short', ['sum by (outcome) (increase(leadlog_transcriptions_total[1h]))', '{{outcome}}'])
      ]
    },
    {
      title: 'Messages',
      panels: [
        lines('Taken from the queue', 'ops', [
          'sum by (outcome) (rate(leadlog_sms_total[$__rate_interval]))',
          '{{outcome}}'
        ]),
        lines('Waiting', 'short', ['max(leadlog_sms_waiting)', 'also for later']),
        lines('Oldest that could go', 's', ['max(leadlog_sms_oldest_due_seconds)', 'waits'])
      ]
    },
    {
      title: 'API',
      panels: [
        lines('Requests', 'reqps', [
          `sum by (route) (rate(${HTTP}_count{service="gateway", route=~"/v1/.*"}[$__rate_interval]))`,
          '{{route}}'
        ]),
        lines('Time to the answer, 95 %', 's', [
          quantile(0.95, HTTP, 'route', '{service="gateway", route=~"/v1/.*", route!="/v1/stream"}'),
          '{{route}}'
        ]),
        lines('Answers that are no success', 'reqps', [
          `sum by (service, status) (rate(${HTTP}_count{status=~"4..|5..", route!~"/readyz|/healthz|/metrics"}[$__rate_interval]))`,
          '{{service}} {{status}}'
        ]),
        lines('Clients slowed down (429)', 'reqps', [
          `sum by (service) (rate(${HTTP}_count{status="429"}[$__rate_interval]))`,
          '{{service}}'
        ])
      ]
    }
  ]
}
