import type { ToolCategory } from '../../../../knowledge/tool-data.js';
import { unusualUpload } from '../egress.js';
import type { Indicator } from '../../../indicator.js';
import { isKnownSoftware } from '../../../normal.js';
import { NAME_ONLY, TOOL_WEIGHTS } from '../weights.js';

/** What the family is for, in words. */
const WORDS: Readonly<Record<ToolCategory, string>> = {
  proxyware: 'software that sells this connection to strangers (proxyware)',
  proxy_malware: 'malware that makes the Mac a proxy',
  c2: 'a command and control framework',
  rat: 'remote access malware',
  stealer: 'a known information stealer',
  torrent: 'a torrent client',
  p2p: 'a peer-to-peer network node',
  tunnel: 'a tunnelling tool: it opens the inside to the outside',
  anonymity: 'an anonymity tool',
  peer_transfer: 'a tool that hands files to strangers',
  mesh_vpn: 'a mesh VPN',
  remote_access: 'a remote access tool',
  cloud_transfer: 'a tool for bulk copies to cloud storage',
  file_transfer: 'a file transfer tool',
  cloud_sync: 'a cloud sync client',
  backup: 'a backup tool',
  local_proxy: 'a local proxy',
  ai_agent: 'an AI coding agent',
  vpn: 'a VPN',
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
    const weight = TOOL_WEIGHTS[tool.category];
    const points =
      (uploads ? weight.uploading : weight.always) * (tool.matchedOn === 'name' ? NAME_ONLY.value : 1);
    if (points === 0) return undefined;
    return {
      points,
      observed: tool.family,
      expected: null,
      threshold: null,
      text: `It is ${tool.family}, ${WORDS[tool.category]}; recognised by its ${tool.matchedOn.replace('_', ' ')}.`,
    };
  },
};
