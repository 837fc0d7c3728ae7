import type { ToolCategory } from '../../../../knowledge/tool-data.js';
import { unusualUpload } from '../egress.js';
import type { Indicator } from '../../../indicator.js';
import { isKnownSoftware } from '../../../normal.js';

/** What the family is for, as points. Families with everyday uses count only together with an upload. */
const WEIGHT: Readonly<
  Record<ToolCategory, { readonly always: number; readonly uploading: number; readonly word: string }>
> = {
  proxyware: {
    always: 26,
    uploading: 26,
    word: 'software that sells this connection to strangers (proxyware)',
  },
  proxy_malware: { always: 32, uploading: 32, word: 'malware that makes the Mac a proxy' },
  c2: { always: 32, uploading: 32, word: 'a command and control framework' },
  rat: { always: 32, uploading: 32, word: 'remote access malware' },
  stealer: { always: 32, uploading: 32, word: 'a known information stealer' },
  torrent: { always: 20, uploading: 22, word: 'a torrent client' },
  p2p: { always: 14, uploading: 18, word: 'a peer-to-peer network node' },
  tunnel: { always: 20, uploading: 22, word: 'a tunnelling tool: it opens the inside to the outside' },
  anonymity: { always: 16, uploading: 20, word: 'an anonymity tool' },
  peer_transfer: { always: 10, uploading: 18, word: 'a tool that hands files to strangers' },
  mesh_vpn: { always: 0, uploading: 12, word: 'a mesh VPN' },
  remote_access: { always: 3, uploading: 14, word: 'a remote access tool' },
  cloud_transfer: { always: 0, uploading: 12, word: 'a tool for bulk copies to cloud storage' },
  file_transfer: { always: 0, uploading: 8, word: 'a file transfer tool' },
  cloud_sync: { always: 0, uploading: 8, word: 'a cloud sync client' },
  backup: { always: 0, uploading: 8, word: 'a backup tool' },
  local_proxy: { always: 0, uploading: 6, word: 'a local proxy' },
  ai_agent: { always: 0, uploading: 5, word: 'an AI coding agent' },
  vpn: { always: 0, uploading: 0, word: 'a VPN' },
};

/** The program belongs to a family AN0082 names, or one like it. */
export const indicator: Indicator = {
  id: 'known_tool',
  group: 'identity',
  unit: 'text',
  countsAgainstApproval: false,
  techniques: ['T1090'],
  evaluate(subject, destination, context) {
    const { tool } = subject;
    if (tool === undefined || isKnownSoftware(subject)) return undefined;
    const uploads = destination !== undefined && unusualUpload(subject, destination, context) !== undefined;
    const weight = WEIGHT[tool.category];
    const points = (uploads ? weight.uploading : weight.always) * (tool.matchedOn === 'name' ? 0.85 : 1);
    if (points === 0) return undefined;
    return {
      points,
      observed: tool.family,
      expected: null,
      threshold: null,
      text: `It is ${tool.family}, ${weight.word}; recognised by its ${tool.matchedOn.replace('_', ' ')}.`,
    };
  },
};
