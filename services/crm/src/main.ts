import { runService } from '@leadlog/service'
import { crm } from './service.ts'

await runService(crm)
