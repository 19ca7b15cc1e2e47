import { runService } from '@leadlog/service'
import { gateway } from './service.ts'

await runService(gateway)
