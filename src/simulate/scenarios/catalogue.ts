import { BENIGN_HABITS } from './benign-habits.js';
import { BENIGN_LOCAL } from './benign-local.js';
import { BENIGN_OPERATIONS } from './benign-operations.js';
import { BENIGN_SESSIONS } from './benign-sessions.js';
import { BENIGN_UPLOADS } from './benign-uploads.js';
import { CLOUD_TOOLS } from './cloud-tools.js';
import { BENIGN_EDITORS, EDITOR_TUNNELS } from './editor-tunnels.js';
import { IMPLANTS } from './implants.js';
import { PROXYWARE } from './proxyware.js';
import type { Inexpressible, Scenario } from './scenario.js';
import { SCRIPT_UPLOADS } from './script-uploads.js';
import { STEALERS } from './stealers.js';
import { TUNNELS } from './tunnels.js';

/** Every scenario that can be played, ordered by id. */
export const SCENARIOS: readonly Scenario[] = [
  ...STEALERS,
  ...SCRIPT_UPLOADS,
  ...PROXYWARE,
  ...CLOUD_TOOLS,
  ...IMPLANTS,
  ...TUNNELS,
  ...EDITOR_TUNNELS,
  ...BENIGN_UPLOADS,
  ...BENIGN_HABITS,
  ...BENIGN_LOCAL,
  ...BENIGN_SESSIONS,
  ...BENIGN_EDITORS,
  ...BENIGN_OPERATIONS,
].sort((left, right) => (left.id < right.id ? -1 : 1));

/** Known, and not playable: what they do leaves nothing in exec, signing and flow events. */
export const INEXPRESSIBLE: readonly Inexpressible[] = [
  {
    id: 'A58',
    title: 'Telemetry tampering',
    difficulty: 'must',
    reason:
      'the theft happens while the sensor is stopped, so there is nothing to write; sensor health has to show it',
  },
];
