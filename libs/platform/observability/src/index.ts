export { HealthRegistry, type Check, type CheckResult, type Readiness } from './health.js';
export { createLogger, NestLog, type Logger, type LoggerOptions } from './logger.js';
export { Metrics, type MetricsOptions } from './metrics.js';
export { ObservabilityModule, type ObservabilityParts } from './observability.module.js';
export { observeRequests } from './request-log.js';
