import { runService } from '@leadlog/service'
import { crmSync } from './service.ts'

await runService(crmSync)
