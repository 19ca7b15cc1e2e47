/** Set by the build: changes with everything that the dashboard is made of. */
declare const __LEADLOG_BUILD__: string
