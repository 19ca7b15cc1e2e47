import { count, lines, number, type Dashboard } from '../dashboard.ts'

const recorded = (type: string): string => `sum(increase(leadlog_events_recorded_total{type="${type}"}[$__range]))`

export const overview: Dashboard = {
  uid: 'leadlog-overview',
  title: 'Leadlog: overview',
  description: 'What needs a person, how much comes through, and what it uses up.',
  rows: [
    {
      title: 'What needs a person',
      panels: [
        count('Alerts', 'count(ALERTS{alertstate="firing"})', 'Each has a page under docs/runbooks.'),
        count(
          'Dead letters',
          'sum(max by (owner, handler) (leadlog_dead_letters_open))',
          'docs/runbooks/dead-letter-opened.md'
        ),
        count(
          'Parked rows',
          'sum(max by (projection) (leadlog_projection_parked_keys))',
          'docs/runbooks/projection-parked.md'
        ),
        count(
          'Effects without outcome',
          'sum(max by (service, state) (leadlog_effects_unresolved{state=~"unknown|parked"}))',
          'docs/runbooks/effects-unresolved.md'
        ),
        count(
          'Payments that wait',
          'sum(max by (reason) (leadlog_payments_parked))',
          'docs/runbooks/payment-parked.md'
        ),
        count('Disputed payments', 'max(leadlog_payments_disputed)', 'docs/runbooks/payment-disputed.md'),
        count(
          'Webhooks refused or not stored',
          'sum(round(increase(leadlog_webhooks_total{outcome!~"accepted|duplicate|ignored"}[$__range])))',
          'docs/runbooks/webhooks-not-stored.md, webhook-signatures-fail.md'
        ),
        count('Processes down', 'count(up{job="leadlog"} == 0)', 'docs/runbooks/service-down.md')
      ]
    },
    {
      title: 'From webhook to CRM, in the time shown',
      panels: [
        number(
          'Received',
          'short',
          'sum(increase(leadlog_webhooks_total{outcome=~"accepted|ignored|duplicate"}[$__range]))'
        ),
        number('Accepted', 'short', 'sum(increase(leadlog_webhooks_total{outcome="accepted"}[$__range]))'),
        number('Leads captured', 'short', recorded('crm.LeadCaptured.v1')),
        number('Leads enriched', 'short', recorded('crm.LeadEnriched.v1')),
        number('Records written', 'short', recorded('crm-sync.RecordWritten.v1')),
        number('Notes written', 'short', recorded('crm-sync.NoteWritten.v1'))
      ]
    },
    {
      title: 'Flow',
      panels: [
        lines('Webhooks', 'reqps', [
          'sum by (outcome) (rate(leadlog_webhooks_total[$__rate_interval]))',
          '{{outcome}}'
        ]),
        lines('Events', 'ops', ['sum by (type) (rate(leadlog_events_recorded_total[$__rate_interval]))', '{{type}}']),
        lines('Waiting for handlers', 'short', [
          'max by (service, handler) (leadlog_handler_backlog_messages)',
          '{{service}}/{{handler}}'
        ]),
        lines('Read models behind', 's', ['max by (projection) (leadlog_projection_behind_seconds)', '{{projection}}']),
        lines('Answers 5xx', 'percentunit', [
          'sum by (service) (rate(leadlog_http_request_duration_seconds_count{status=~"5..", route!="/readyz"}[$__rate_interval])) / sum by (service) (rate(leadlog_http_request_duration_seconds_count{route!~"/readyz|/healthz|/metrics"}[$__rate_interval]))',
          '{{service}}'
        ]),
        lines('Attempts that failed', 'ops', [
          'sum by (service, handler) (rate(leadlog_handled_messages_total{outcome!="ack"}[$__rate_interval]))',
          '{{service}}/{{handler}}'
        ])
      ]
    },
    {
      title: 'Quota and spend',
      panels: [
        {
          ...lines('Used of the budgets', 'percentunit', [
            'max by (vendor, window) (leadlog_budget_used_ratio)',
            '{{vendor}}, {{window}}'
          ]),
          kind: 'bargauge',
          thresholds: [0.8, 0.95]
        },
        lines('Calls to vendors', 'reqps', [
          'sum by (vendor, outcome) (rate(leadlog_outbound_duration_seconds_count[$__rate_interval]))',
          '{{vendor}} {{outcome}}'
        ]),
        lines('Model, US dollars a day at this pace', 'currencyUSD', [
          'sum by (provider, kind) (rate(leadlog_model_cost_micro_usd_total[1h])) * 86400 / 1e6',
          '{{provider}} {{kind}}'
        ])
      ]
    }
  ]
}
