import type { App } from './app.js';
import type { FleetHost } from './host.js';
import { adHoc, developerId, DOCKER_APP, DOCKER_BACKEND, VSCODE, VSCODE_HELPER } from './programs.js';

const technical =
  (share: number, others = 0) =>
  (host: FleetHost): number =>
    host.role === 'developer' || host.role === 'scientist' || host.role === 'it' ? share : others;

/** Editors, containers and databases of people who build software, and what a build machine runs. */
export const DEVELOPER_APPS: readonly App[] = [
  { id: 'vscode', program: VSCODE, life: 'workday', on: technical(0.7, 0.01), behaviours: [] },
  {
    id: 'vscode-helper',
    program: VSCODE_HELPER,
    args: ['--type=utility', '--utility-sub-type=node.mojom.NodeService'],
    parent: 'vscode',
    life: 'workday',
    on: (host) => technical(0.7, 0.01)(host),
    behaviours: [
      {
        kind: 'requests',
        to: {
          names: [
            'marketplace.visualstudio.com',
            'update.code.visualstudio.com',
            'mobile.events.data.microsoft.com',
            'api.github.com',
          ],
        },
        perHour: 2.5,
        when: 'active',
        out: { median: 9e3, sigma: 1.2, max: 20e6 },
        in: { median: 60e3, sigma: 1.5 },
        seconds: [1, 60],
      },
      {
        kind: 'socket',
        to: { names: ['api.individual.githubcopilot.com', 'proxy.business.githubcopilot.com'] },
        hours: [0.2, 4],
        out: { median: 3e6, sigma: 1 },
        in: { median: 2e6, sigma: 1 },
      },
    ],
  },
  {
    id: 'cursor',
    program: developerId(
      '/Applications/Cursor.app/Contents/Frameworks/Cursor Helper.app/Contents/MacOS/Cursor Helper',
      'com.todesktop.230313mzl4w4u92.helper',
      'VDXQ22DGB9',
      'Anysphere, Inc.',
    ),
    life: 'workday',
    on: technical(0.2),
    behaviours: [
      {
        kind: 'requests',
        to: { names: ['api2.cursor.sh', 'api3.cursor.sh', 'repo42.cursor.sh'] },
        perHour: 8,
        when: 'active',
        out: { median: 200e3, sigma: 1.3, max: 80e6 },
        in: { median: 90e3, sigma: 1 },
        seconds: [1, 90],
      },
    ],
  },
  {
    id: 'idea',
    program: developerId(
      '/Applications/IntelliJ IDEA.app/Contents/MacOS/idea',
      'com.jetbrains.intellij',
      '2ZEFAR8TH3',
      'JetBrains s.r.o.',
    ),
    life: 'workday',
    on: technical(0.3),
    behaviours: [
      {
        kind: 'requests',
        to: { names: ['plugins.jetbrains.com', 'resources.jetbrains.com', 'api.jetbrains.ai'] },
        perHour: 1.2,
        when: 'active',
        out: { median: 8e3, sigma: 1.2 },
        in: { median: 90e3, sigma: 1.5 },
        seconds: [1, 40],
      },
    ],
  },
  { id: 'docker-app', program: DOCKER_APP, life: 'workday', on: technical(0.5), behaviours: [] },
  {
    id: 'docker',
    program: DOCKER_BACKEND,
    args: ['run'],
    parent: 'docker-app',
    life: 'workday',
    on: technical(0.5),
    behaviours: [
      {
        kind: 'requests',
        to: {
          names: [
            'registry-1.docker.io',
            'production.cloudflare.docker.com',
            'registry.{company}',
            'ghcr.io',
            'auth.docker.io',
          ],
        },
        perHour: 2,
        when: 'active',
        out: { median: 6e3, sigma: 1 },
        in: { median: 4e6, sigma: 2, max: 2e9 },
        seconds: [1, 90],
      },
      {
        kind: 'transfer',
        to: { names: ['registry.{company}'] },
        perDay: 0.4,
        out: { median: 90e6, sigma: 1.3, max: 3e9 },
        in: { median: 200e3, sigma: 0.6 },
        rate: [2e6, 12e6],
        when: 'active',
      },
      {
        kind: 'requests',
        to: {
          names: ['api.segment.io', 'db-dev.{company}', 'pypi.org', 'registry.npmjs.org', 'deb.debian.org'],
        },
        perHour: 1.5,
        when: 'active',
        out: { median: 12e3, sigma: 1.3 },
        in: { median: 600e3, sigma: 1.8 },
        seconds: [1, 120],
      },
    ],
  },
  {
    id: 'postman',
    program: developerId(
      '/Applications/Postman.app/Contents/Frameworks/Postman Helper.app/Contents/MacOS/Postman Helper',
      'com.postmanlabs.mac.helper',
      'H7H8Q7M5CK',
      'Postdot Technologies, Inc',
    ),
    life: 'workday',
    on: technical(0.3),
    behaviours: [
      {
        kind: 'requests',
        to: { names: ['api.getpostman.com', 'bifrost-v10.getpostman.com', 'staging-api.{company}'] },
        perHour: 1.5,
        when: 'active',
        out: { median: 5e3, sigma: 1 },
        in: { median: 20e3, sigma: 1.3 },
        seconds: [1, 30],
      },
    ],
  },
  {
    id: 'tableplus',
    program: developerId(
      '/Applications/TablePlus.app/Contents/MacOS/TablePlus',
      'com.tinyapp.TablePlus',
      '3X57WP8E8V',
      'TinyApp',
    ),
    life: 'workday',
    on: technical(0.2),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['db-dev.{company}', 'db-staging.{company}'], port: 5432 },
        hours: [0.2, 5],
        out: { median: 200e3, sigma: 1 },
        in: { median: 12e6, sigma: 1.4 },
      },
    ],
  },
  {
    id: 'gradle',
    program: adHoc(
      '/opt/homebrew/Cellar/openjdk@17/17.0.12/libexec/openjdk.jdk/Contents/Home/bin/java',
      'net.java.openjdk.java',
    ),
    args: ['-jar', '/Users/Shared/gradle/gradle-launcher.jar'],
    life: 'workday',
    on: (host) => (host.role === 'ci' ? 0 : technical(0.25)(host)),
    behaviours: [
      {
        kind: 'requests',
        to: { names: ['repo.maven.apache.org', 'plugins.gradle.org', 'maven.{company}'] },
        perHour: 3,
        when: 'active',
        out: { median: 9e3, sigma: 1 },
        in: { median: 1.5e6, sigma: 1.6 },
        seconds: [1, 60],
      },
      {
        kind: 'requests',
        to: { names: [], addresses: ['127.0.0.1'], port: 51422 },
        perHour: 2,
        when: 'active',
        out: { median: 3e6, sigma: 1.4 },
        in: { median: 2e6, sigma: 1.4 },
        seconds: [1, 400],
      },
      {
        kind: 'transfer',
        to: { names: [], addresses: ['10.20.9.20'], port: 5071 },
        perDay: 2,
        out: { median: 60e6, sigma: 1.3, max: 5e9 },
        in: { median: 90e6, sigma: 1.3 },
        rate: [10e6, 60e6],
        when: 'active',
      },
    ],
  },
  {
    id: 'actions-runner',
    program: adHoc('/Users/build/actions-runner/bin/Runner.Listener', 'Runner.Listener'),
    args: ['run', '--startuptype', 'service'],
    life: 'boot',
    on: (host) => (host.role === 'ci' ? 1 : 0),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['broker.actions.githubusercontent.com'] },
        hours: [0.8, 1.2],
        out: { median: 60e3, sigma: 0.3 },
        in: { median: 90e3, sigma: 0.3 },
      },
      {
        kind: 'transfer',
        to: {
          names: [
            'results-receiver.actions.githubusercontent.com',
            'productionresultssa7.blob.core.windows.net',
          ],
        },
        perDay: 14,
        out: { median: 120e6, sigma: 1.2, max: 4e9 },
        in: { median: 2e6, sigma: 1 },
        rate: [8e6, 40e6],
        when: 'awake',
      },
    ],
  },
];
