import type { AttackFacts } from '../../analytic.js';

/** As ATT&CK has it (STIX x-mitre-analytic--1a93a610-7389-4ea7-a053-e99d35a5477a, modified 2025-10-21). */
export const ATTACK: AttackFacts = {
  analytic: 'AN0377',
  name: 'Analytic 0377',
  version: '1.0',
  release: '18.1',
  strategy: 'DET0133',
  technique: 'T1219.001',
  tactics: ['command-and-control'],
  log_sources: [
    {
      name: 'macos:unifiedlog',
      channel: 'process: code or jetbrains-gateway launching with --tunnel or --remote',
    },
    { name: 'macos:unifiedlog', channel: 'creation of ~/.vscode-cli/code_tunnel.json' },
    { name: 'NSM:Flow', channel: 'HTTPs connection to tunnels.api.visualstudio.com' },
  ],
  mutable_elements: [
    'ParentProcessName',
    'RemoteTunnelPersistence',
    'RemoteFlag',
    'LaunchAgentPath',
    'TunnelReconnectInterval',
  ],
  url: 'https://attack.mitre.org/detectionstrategies/DET0133#AN0377',
};
