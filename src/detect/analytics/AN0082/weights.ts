import type { ToolCategory } from '../../../knowledge/tool-data.js';
import type { Weight } from '../../weights.js';

/** Below these a subject is not even loaded; far below what any indicator needs, so that they decide nothing. */
export const CANDIDATE_WEIGHTS = {
  candidate_bytes_out: {
    value: 100_000,
    reason: 'less than the smallest amount an explicit upload is told for',
  },
  candidate_duration: { value: 3_600, reason: 'the first step of detection.long_lived_hours, in seconds' },
  candidate_peers: { value: 50, reason: 'addresses a day; a relay has far more than detection.relay_peers' },
  candidate_connections: { value: 50, reason: 'a rhythm or chunks need more than a few starts' },
} as const satisfies Readonly<Record<string, Weight>>;

/** Points for belonging to a family of tools: always, and together with an unusual upload. */
export interface ToolWeight {
  readonly always: number;
  readonly uploading: number;
  readonly reason: string;
}

const CRIME = 'made for crime alone: with any behaviour it is high';
const DUAL = 'has an everyday use: it counts only together with an upload';

/** By what the family is for. */
export const TOOL_WEIGHTS: Readonly<Record<ToolCategory, ToolWeight>> = {
  proxyware: { always: 26, uploading: 26, reason: 'AN0082 is about it; some install it knowingly' },
  proxy_malware: { always: 32, uploading: 32, reason: CRIME },
  c2: { always: 32, uploading: 32, reason: CRIME },
  rat: { always: 32, uploading: 32, reason: CRIME },
  stealer: { always: 32, uploading: 32, reason: CRIME },
  torrent: { always: 20, uploading: 22, reason: 'AN0082 names it; a nuisance more often than an attack' },
  p2p: { always: 14, uploading: 18, reason: 'sends for strangers by design, and says so' },
  tunnel: { always: 20, uploading: 22, reason: 'opens the inside to the outside, whatever moves through it' },
  anonymity: { always: 16, uploading: 20, reason: 'hides where to; journalists and researchers use it too' },
  peer_transfer: { always: 10, uploading: 18, reason: 'hands files to whoever has a code' },
  mesh_vpn: { always: 0, uploading: 12, reason: DUAL },
  remote_access: { always: 3, uploading: 14, reason: 'support uses it every day, intruders too' },
  cloud_transfer: { always: 0, uploading: 12, reason: DUAL },
  file_transfer: { always: 0, uploading: 8, reason: DUAL },
  cloud_sync: { always: 0, uploading: 8, reason: DUAL },
  backup: { always: 0, uploading: 8, reason: DUAL },
  local_proxy: { always: 0, uploading: 6, reason: DUAL },
  ai_agent: { always: 0, uploading: 5, reason: DUAL },
  vpn: { always: 0, uploading: 0, reason: 'carries what others send: they are judged, not it' },
};

/** What a family counts for that is recognised by its name alone. */
export const NAME_ONLY: Weight = { value: 0.85, reason: 'anybody may call a file anything' };
