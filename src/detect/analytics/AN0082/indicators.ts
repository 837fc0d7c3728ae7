import type { Indicator } from '../../indicator.js';
import { indicator as background } from './indicators/background.js';
import { indicator as chunked } from './indicators/chunked.js';
import { indicator as destinationNewForActor } from './indicators/destination-new-for-actor.js';
import { indicator as dualUseTool } from './indicators/dual-use-tool.js';
import { indicator as identityDrift } from './indicators/identity-drift.js';
import { indicator as knownDropService } from './indicators/known-drop-service.js';
import { indicator as knownTool } from './indicators/known-tool.js';
import { indicator as longLived } from './indicators/long-lived.js';
import { indicator as newInFleet } from './indicators/new-in-fleet.js';
import { indicator as periodicFixedSize } from './indicators/periodic-fixed-size.js';
import { indicator as rareDestination } from './indicators/rare-destination.js';
import { indicator as rawIp } from './indicators/raw-ip.js';
import { indicator as relaySymmetry } from './indicators/relay-symmetry.js';
import { indicator as signer } from './indicators/signer.js';
import { indicator as slowDrip } from './indicators/slow-drip.js';
import { indicator as sustainedRate } from './indicators/sustained-rate.js';
import { indicator as uncommonUploader } from './indicators/uncommon-uploader.js';
import { indicator as unusualParent } from './indicators/unusual-parent.js';
import { indicator as unusualPath } from './indicators/unusual-path.js';
import { indicator as unusualPort } from './indicators/unusual-port.js';
import { indicator as volume } from './indicators/volume.js';

/** Every indicator of AN0082, by id. */
export const INDICATORS: readonly Indicator[] = [
  background,
  chunked,
  destinationNewForActor,
  dualUseTool,
  identityDrift,
  knownDropService,
  knownTool,
  longLived,
  newInFleet,
  periodicFixedSize,
  rareDestination,
  rawIp,
  relaySymmetry,
  signer,
  slowDrip,
  sustainedRate,
  uncommonUploader,
  unusualParent,
  unusualPath,
  unusualPort,
  volume,
];
