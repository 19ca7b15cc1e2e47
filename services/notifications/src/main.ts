import { runService } from '@leadlog/service'
import { notifications } from './service.ts'

await runService(notifications)
