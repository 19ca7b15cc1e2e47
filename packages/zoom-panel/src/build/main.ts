import { tellBuild } from '@leadlog/dashboard/build-pages'
import { buildPanel } from './build-panel.ts'

await tellBuild(buildPanel)
