import { defineSettings } from '../../infra/settings.ts'
import { tracePages } from '../trace/site.ts'

/** The deployment that the trace is of: the default one, with a rule against hotlinks. */
export default defineSettings({ hotlinks: { hosts: tracePages } })
