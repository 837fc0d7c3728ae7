import type { Indicator } from '../../indicator.js';
import { indicator as tunnelAlone } from './indicators/tunnel-alone.js';
import { indicator as tunnelCommand } from './indicators/tunnel-command.js';
import { indicator as tunnelCopy } from './indicators/tunnel-copy.js';
import { indicator as tunnelPersistence } from './indicators/tunnel-persistence.js';
import { indicator as tunnelProgram } from './indicators/tunnel-program.js';
import { indicator as tunnelReconnects } from './indicators/tunnel-reconnects.js';
import { indicator as tunnelService } from './indicators/tunnel-service.js';
import { indicator as tunnelSession } from './indicators/tunnel-session.js';
import { indicator as tunnelStarter } from './indicators/tunnel-starter.js';

/** Every indicator of AN0377, by id. */
export const INDICATORS: readonly Indicator[] = [
  tunnelAlone,
  tunnelCommand,
  tunnelCopy,
  tunnelPersistence,
  tunnelProgram,
  tunnelReconnects,
  tunnelService,
  tunnelSession,
  tunnelStarter,
];
