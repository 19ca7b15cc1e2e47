import { runService } from '@leadlog/service'
import { telephony } from './service.ts'

await runService(telephony)
