import type { App } from './app.js';
import type { FleetHost } from './host.js';
import { developerId } from './programs.js';

const chosen =
  (purpose: string, product: string) =>
  (host: FleetHost): number =>
    host.company.choices[purpose] === product ? 0.97 : 0;

/** Security, management and monitoring agents, of which a company chooses one each. */
export const AGENT_APPS: readonly App[] = [
  {
    id: 'crowdstrike',
    program: developerId(
      '/Library/SystemExtensions/4B1F3A52-8C60-4B3E-9B0B-6D1C1B1E7A11/com.crowdstrike.falcon.Agent.systemextension/Contents/MacOS/com.crowdstrike.falcon.Agent',
      'com.crowdstrike.falcon.Agent',
      'X9E956P446',
      'CrowdStrike Inc.',
    ),
    user: 'root',
    life: 'boot',
    on: chosen('edr', 'crowdstrike'),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['ts01-lanner-lion.cloudsink.net', 'lfoup01-lanner-lion.cloudsink.net'] },
        hours: [4, 60],
        out: { median: 900e3, sigma: 0.5 },
        in: { median: 250e3, sigma: 0.5 },
      },
    ],
  },
  {
    id: 'sentinelone',
    program: developerId(
      '/Library/Sentinel/sentinel-agent.bundle/Contents/MacOS/sentineld.app/Contents/MacOS/sentineld',
      'com.sentinelone.sentineld',
      '4AYE5J54KN',
      'Sentinel Labs Inc.',
    ),
    user: 'root',
    life: 'boot',
    on: chosen('edr', 'sentinelone'),
    behaviours: [
      {
        kind: 'cadence',
        to: { names: ['euce1-110.sentinelone.net'] },
        everyMinutes: 60,
        out: 300e3,
        in: 60e3,
        seconds: 20,
      },
      {
        kind: 'socket',
        to: { names: ['ioc-gw-prod-{region}.sentinelone.net'] },
        hours: [3, 40],
        out: { median: 600e3, sigma: 0.5 },
        in: { median: 120e3, sigma: 0.5 },
      },
    ],
  },
  {
    id: 'defender',
    program: developerId(
      '/Applications/Microsoft Defender.app/Contents/MacOS/wdavdaemon_enterprise',
      'com.microsoft.wdav.enterprise',
      'UBF8T346G9',
      'Microsoft Corporation',
    ),
    user: 'root',
    life: 'boot',
    on: chosen('edr', 'defender'),
    behaviours: [
      {
        kind: 'cadence',
        to: { names: ['edr-weu3.eu.endpoint.security.microsoft.com', 'winatp-gw-weu.microsoft.com'] },
        everyMinutes: 45,
        out: 660e3,
        in: 30e3,
        seconds: 12,
      },
      {
        kind: 'transfer',
        to: { names: ['automatedirstrprdweu.blob.core.windows.net'] },
        perDay: 0.2,
        out: { median: 3e6, sigma: 1.2, max: 50e6 },
        in: { median: 20e3, sigma: 0.5 },
        rate: [0.5e6, 3e6],
        when: 'awake',
      },
    ],
  },
  {
    id: 'jamf-protect',
    program: developerId(
      '/Library/SystemExtensions/0F3C8C1E-1D5A-44F5-9B25-2A9B1C7F0D32/com.jamf.protect.security-extension.systemextension/Contents/MacOS/com.jamf.protect.security-extension',
      'com.jamf.protect.security-extension',
      '483DWKW443',
      'JAMF Software, LLC',
    ),
    user: 'root',
    life: 'boot',
    on: chosen('edr', 'jamf-protect'),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['a1b2c3d4e5-ats.iot.{region}.amazonaws.com'], port: 8883 },
        hours: [5, 50],
        out: { median: 300e3, sigma: 0.5 },
        in: { median: 60e3, sigma: 0.5 },
      },
    ],
  },
  {
    id: 'elastic-endpoint',
    program: developerId(
      '/Library/Elastic/Endpoint/elastic-endpoint.app/Contents/MacOS/elastic-endpoint',
      'co.elastic.endpoint',
      '2BT3HPN62Z',
      'Elasticsearch, Inc',
    ),
    user: 'root',
    life: 'boot',
    on: chosen('edr', 'elastic'),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['es-{region}.{company}'], port: 9243 },
        hours: [2, 30],
        out: { median: 5e6, sigma: 0.5 },
        in: { median: 500e3, sigma: 0.5 },
      },
    ],
  },
  {
    id: 'jamf',
    program: developerId(
      '/Library/Application Support/JAMF/Jamf.app/Contents/MacOS/JamfDaemon.app/Contents/MacOS/JamfDaemon',
      'com.jamf.management.daemon',
      '483DWKW443',
      'JAMF Software, LLC',
    ),
    user: 'root',
    life: 'boot',
    on: chosen('mdm', 'jamf'),
    behaviours: [
      {
        kind: 'cadence',
        to: { names: ['{tenant}.jamfcloud.com'] },
        everyMinutes: 60,
        out: 25e3,
        in: 40e3,
        seconds: 4,
      },
    ],
  },
  {
    id: 'kandji',
    program: developerId(
      '/Library/Kandji/Kandji Agent.app/Contents/Helpers/Kandji Daemon.app/Contents/MacOS/kandji-daemon',
      'io.kandji.kandji-daemon',
      'P3FGV63VK7',
      'Kandji, Inc.',
    ),
    user: 'root',
    life: 'boot',
    on: chosen('mdm', 'kandji'),
    behaviours: [
      {
        kind: 'cadence',
        to: { names: ['{tenant}.web-api.kandji.io'] },
        everyMinutes: 45,
        out: 12e3,
        in: 18e3,
        seconds: 3,
      },
    ],
  },
  {
    id: 'addigy',
    program: developerId('/Library/Addigy/go-agent', 'com.addigy.go-agent', 'R5LEJ8Y242', 'Addigy, Inc'),
    user: 'root',
    life: 'boot',
    on: chosen('mdm', 'addigy'),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['mqtt-{region}.addigy.com'], port: 8883 },
        hours: [3, 40],
        out: { median: 80e3, sigma: 0.5 },
        in: { median: 50e3, sigma: 0.5 },
      },
    ],
  },
  {
    id: 'intune',
    program: developerId(
      '/Library/Intune/Microsoft Intune Agent.app/Contents/MacOS/IntuneMdmDaemon',
      'com.microsoft.intuneMDMAgent',
      'UBF8T346G9',
      'Microsoft Corporation',
    ),
    user: 'root',
    life: 'boot',
    on: chosen('mdm', 'intune'),
    behaviours: [
      {
        kind: 'cadence',
        to: { names: ['agents.manage.microsoft.com', 'imeswda-afd-pri.manage.microsoft.com'] },
        everyMinutes: 60,
        out: 15e3,
        in: 30e3,
        seconds: 5,
      },
    ],
  },
  {
    id: 'datadog',
    program: developerId('/opt/datadog-agent/bin/agent/agent', 'agent', 'JKFCB4CN7C', 'Datadog, Inc.'),
    user: 'root',
    life: 'boot',
    on: (host) => (host.role === 'ci' ? 1 : chosen('monitoring', 'datadog')(host) * 0.8),
    behaviours: [
      {
        kind: 'cadence',
        to: { names: ['7-56-2-app.agent.datadoghq.eu', 'process.datadoghq.eu'] },
        everyMinutes: 60,
        out: 9e6,
        in: 300e3,
        seconds: 3500,
      },
    ],
  },
  {
    id: 'osquery',
    program: developerId(
      '/opt/orbit/bin/osqueryd/macos-app/stable/osquery.app/Contents/MacOS/osqueryd',
      'io.osquery.agent',
      '3522FA9PXF',
      'OSQUERY A Series of LF Projects, LLC',
    ),
    user: 'root',
    life: 'boot',
    on: chosen('monitoring', 'osquery'),
    behaviours: [
      {
        kind: 'cadence',
        to: { names: ['fleet.{company}'] },
        everyMinutes: 60,
        out: 1.5e6,
        in: 400e3,
        seconds: 3550,
      },
    ],
  },
  {
    id: 'rapid7',
    program: developerId('/opt/rapid7/ir_agent/ir_agent', 'ir_agent', 'UL6CGN7MAL', 'Rapid7 LLC'),
    user: 'root',
    life: 'boot',
    on: chosen('monitoring', 'rapid7'),
    behaviours: [
      {
        kind: 'cadence',
        to: { names: ['endpoint.ingress.rapid7.com', '{region}.storage.endpoint.ingress.rapid7.com'] },
        everyMinutes: 60,
        out: 360e3,
        in: 20e3,
        seconds: 8,
      },
    ],
  },
];
