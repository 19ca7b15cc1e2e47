import { lines, quantile, type Dashboard } from '../dashboard.ts'

const CALLS = 'leadlog_outbound_duration_seconds'

export const vendors: Dashboard = {
  uid: 'leadlog-vendors',
  title: 'Leadlog: vendors and budgets',
  description: 'How the calls to the outside go, and what is left of what the accounts allow.',
  rows: [
    {
      title: 'Calls',
      panels: [
        lines('By outcome', 'reqps', [
          `sum by (vendor, outcome) (rate(${CALLS}_count[$__rate_interval]))`,
          '{{vendor}} {{outcome}}'
        ]),
        lines('By operation', 'reqps', [
          `sum by (vendor, operation) (rate(${CALLS}_count[$__rate_interval]))`,
          '{{vendor}} {{operation}}'
        ]),
        lines('Time, 95 %', 's', [quantile(0.95, CALLS, 'vendor, operation'), '{{vendor}} {{operation}}']),
        lines('Failed', 'percentunit', [
          `sum by (vendor) (rate(${CALLS}_count{outcome=~"failed|unknown"}[$__rate_interval])) / sum by (vendor) (rate(${CALLS}_count[$__rate_interval]))`,
          '{{vendor}}'
        ]),
        lines('Circuit (0 closed, 2 open)', 'short', [
          'max by (service, vendor) (leadlog_circuit_state)',
          '{{service}} {{vendor}}'
        ]),
        lines('Too many requests (429)', 'reqps', [
          'sum by (vendor) (rate(leadlog_rate_limit_hits_total[$__rate_interval]))',
          '{{vendor}}'
        ])
      ]
    },
    {
      title: 'Budgets',
      panels: [
        {
          ...lines('Used', 'percentunit', [
            'max by (vendor, window) (leadlog_budget_used_ratio)',
            '{{vendor}}, {{window}}'
          ]),
          thresholds: [0.8, 0.95]
        },
        lines('Wait by lane, 95 %', 's', [
          quantile(0.95, 'leadlog_outbound_wait_seconds', 'vendor, lane'),
          '{{vendor}} {{lane}}'
        ]),
        lines('Waiting by lane', 'short', [
          'sum by (vendor, lane) (leadlog_budget_waiting_calls)',
          '{{vendor}} {{lane}}'
        ]),
        lines('Shared through Redis (1) or alone (0)', 'short', [
          'min by (service, vendor) (leadlog_budget_shared)',
          '{{service}} {{vendor}}'
        ]),
        lines('Effects without outcome', 'short', [
          'max by (service, state) (leadlog_effects_unresolved)',
          '{{service}} {{state}}'
        ])
      ]
    },
    {
      title: 'Model',
      panels: [
        lines('Requests', 'reqps', [
          'sum by (provider, kind) (rate(leadlog_model_requests_total[$__rate_interval]))',
          '{{provider}} {{kind}}'
        ]),
        lines('Tokens', 'short', [
          'sum by (provider, direction) (rate(leadlog_model_tokens_total[$__rate_interval]))',
          '{{provider}} {{direction}}'
        ]),
        lines('Cost in the last day', 'currencyUSD', [
          'sum by (provider, kind) (increase(leadlog_model_cost_micro_usd_total[1d])) / 1e6',
          '{{provider}} {{kind}}'
        ])
      ]
    },
    {
      title: 'Spend',
      panels: [
        lines('Costs recorded', 'short', ['sum by (kind) (increase(leadlog_spend_costs_total[1h]))', '{{kind}}']),
        lines('Used of the budget', 'percentunit', [
          'max by (currency) (leadlog_spend_budget_used_ratio)',
          '{{currency}}'
        ])
      ]
    }
  ]
}
