import { runService } from '@leadlog/service'
import { ingest } from './service.ts'

await runService(ingest)
