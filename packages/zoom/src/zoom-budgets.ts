import { createBudget, type Budget, type BudgetOptions } from '@leadlog/outbound'

/** What an account may ask, calls a second by the class of the call. */
export const ZOOM_PLANS = {
  free: { light: 4, medium: 2, heavy: 1 },
  pro: { light: 30, medium: 20, heavy: 10 },
  business: { light: 80, medium: 60, heavy: 40 }
} as const

export type ZoomPlan = keyof typeof ZOOM_PLANS
export type ZoomClass = 'light' | 'medium'

/** One budget for each class of calls that is made here; all processes of the account share them. */
export interface ZoomBudgets extends Readonly<Record<ZoomClass, Budget>> {
  close(): void
}

/** A third of a second's calls may go at once and half of them flow, so that no second holds more than its limit. */
const BURST_PART = 1 / 3
const FLOW_PART = 1 / 2
const SECONDS = 60

/** @param options what all budgets share; `account` is the Zoom account */
export function createZoomBudgets(
  plan: ZoomPlan,
  options: Omit<BudgetOptions, 'vendor' | 'perMinute' | 'burst' | 'perDay'>
): ZoomBudgets {
  const budgetOf = (kind: ZoomClass): Budget => {
    const perSecond = ZOOM_PLANS[plan][kind]
    const burst = Math.max(1, Math.floor(perSecond * BURST_PART))
    const flowing = Math.max(SECONDS, Math.floor(perSecond * FLOW_PART * SECONDS))
    return createBudget({
      ...options,
      vendor: 'zoom',
      account: `${options.account}-${kind}`,
      perMinute: flowing + burst,
      burst
    })
  }
  const light = budgetOf('light')
  const medium = budgetOf('medium')
  return {
    light,
    medium,
    close() {
      light.close()
      medium.close()
    }
  }
}
