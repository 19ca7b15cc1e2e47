import { buildDashboard } from './build-dashboard.ts'
import { tellBuild } from './build-pages.ts'

await tellBuild(buildDashboard)
