import { loadSql } from '../../../ground/sql-file.js';
import type { Analytic } from '../../analytic.js';
import { loadSubjects } from '../../load-subjects.js';
import { ATTACK } from './attack.js';
import { configuration, settingsOf } from './configuration.js';
import { explain } from './explain.js';
import { IDE_NAMES, IDE_PREFIXES } from './ide.js';
import { INDICATORS } from './indicators.js';
import { judge } from './judge.js';
import { TUNNEL_DOMAINS } from './place.js';

/**
 * AN0377 of DET0133 (T1219.001, IDE Tunneling): an editor or its command line opens a tunnel and holds a lasting session to a
 * tunnel service, through which whoever is signed in there has a shell and the files of the Mac.
 */
export const AN0377: Analytic = {
  id: ATTACK.analytic,
  attack: ATTACK,
  candidates: {
    sql: loadSql(new URL('./candidates.sql', import.meta.url)),
    params: () => ({ names: IDE_NAMES, prefixes: IDE_PREFIXES, domains: TUNNEL_DOMAINS }),
  },
  loadSubjects,
  indicators: INDICATORS,
  // It is about what a connection is for, which no number of days makes harmless.
  excusedByHabit: false,
  judge,
  explain,
  tunables: (_subject, config) => {
    const settings = settingsOf(config);
    return {
      ParentProcessName: settings.parents.join(', '),
      RemoteTunnelPersistence: settings.persistence_hours,
      RemoteFlag: settings.remote_flags.join(', '),
      LaunchAgentPath: settings.launch_agent_paths.join(', '),
      TunnelReconnectInterval: settings.reconnect_seconds,
    };
  },
  tunableUnits: {
    ParentProcessName: 'text',
    RemoteTunnelPersistence: 'hours',
    RemoteFlag: 'text',
    LaunchAgentPath: 'text',
    TunnelReconnectInterval: 'seconds',
  },
  configuration,
};
