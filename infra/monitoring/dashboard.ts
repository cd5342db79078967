import { CfnDashboard, Dashboard, PeriodOverride } from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import { showCache } from './rows/cache.ts'
import { showEdge } from './rows/edge.ts'
import { type View, writeText } from './rows/panel.ts'
import { showSpending } from './rows/spending.ts'
import { showTransformer } from './rows/transformer.ts'
import { showViewers } from './rows/viewers.ts'

/** The rows, top to bottom: first whether anybody suffers, then where, then what it costs. */
const rows = [showViewers, showCache, showEdge, showTransformer, showSpending] as const

/** Returns the dashboard of a pipeline. It shows metrics of other regions too, which alarms cannot. */
export function createDashboard(scope: Construct, name: string, view: View): Dashboard {
  const dashboard = new Dashboard(scope, 'Dashboard', {
    dashboardName: name,
    // Graphs keep their own periods whatever time is shown; long ones would else lose their peaks.
    periodOverride: PeriodOverride.INHERIT,
    start: '-P1D',
  })
  // Dashboards take tags since lately, which cfn-lint (1.x) does not know yet; they are no cost of their own to tell apart.
  if (dashboard.node.defaultChild instanceof CfnDashboard) {
    dashboard.node.defaultChild.addPropertyDeletionOverride('Tags')
  }
  for (const show of rows) {
    const { question, well, panels } = show(view)
    dashboard.addWidgets(writeText(`## ${question}\n${well}`, undefined, 2))
    dashboard.addWidgets(...panels)
  }
  return dashboard
}
