import { baseName } from '../knowledge/program.js';
import type { Signer } from '../ground/vocabulary.js';
import { foldPath } from './fold-path.js';

export interface CodeIdentity {
  readonly signer: Signer;
  readonly signingId: string;
  readonly teamId: string;
  readonly executable: string;
  readonly name: string;
}

/**
 * The code identity that acts, stable over hosts, updates and pids: Team ID + signing id, Apple's platform signing id,
 * else the folded path, else the name. Helpers count as their app, because they own its sockets.
 */
export function actorOf(identity: CodeIdentity): string {
  const signingId = foldHelper(identity.signingId);
  if (identity.signer === 'apple_platform') {
    return `apple:${identity.signingId || baseName(identity.executable) || identity.name}`;
  }
  if (identity.teamId !== '') {
    return `team:${identity.teamId}/${signingId || baseName(identity.executable) || identity.name}`;
  }
  if (identity.executable !== '') return `path:${foldPath(identity.executable)}`;
  if (identity.name !== '') return `name:${identity.name}`;
  return UNKNOWN_ACTOR;
}

/** Traffic whose process nobody reported (network sensors). */
export const UNKNOWN_ACTOR = 'unknown';

/** `com.google.Chrome.helper.renderer` → `com.google.Chrome`. */
function foldHelper(signingId: string): string {
  return signingId.replace(/\.(?:helper|framework|xpc)(?:[.-].*)?$/i, '');
}
