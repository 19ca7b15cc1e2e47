import { runService } from '@leadlog/service'
import { billing } from './service.ts'

await runService(billing)
