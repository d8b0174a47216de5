import { Module, type DynamicModule } from '@nestjs/common';
import { HealthRegistry } from './health.js';
import type { Logger } from './logger.js';
import { Metrics } from './metrics.js';
import { OperationsController } from './operations.controller.js';

/** Injection token of the process's log. */
export const LOGGER = Symbol('LOGGER');

export interface ObservabilityParts {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: HealthRegistry;
}

/** Global: any module may inject the log, the metrics, and register its readiness check. */
@Module({})
export class ObservabilityModule {
  static of({ logger, metrics, health }: ObservabilityParts): DynamicModule {
    const providers = [
      { provide: LOGGER, useValue: logger },
      { provide: Metrics, useValue: metrics },
      { provide: HealthRegistry, useValue: health },
    ];
    return {
      module: ObservabilityModule,
      global: true,
      controllers: [OperationsController],
      providers,
      exports: providers,
    };
  }
}
