import { z } from 'zod';
import type { Config } from '../../../config/schema.js';

const words = z.array(z.string().min(1).max(200));

/** Section `analytics.AN0377`; docs/configuration.md says the same. */
export const configuration = z
  .strictObject({
    /**
     * RemoteTunnelPersistence: hours of one day that a session is held before it counts as lasting. Half a working day:
     * somebody who only tries a tunnel, or shows something to a colleague, is done before.
     */
    persistence_hours: z.number().positive().max(24).default(4),
    /**
     * TunnelReconnectInterval, seconds: connections that begin at most this far apart are one session in pieces. The relays
     * cut connections that idle and clients come back in seconds to minutes; an hour also spans a nap of the Mac.
     */
    reconnect_seconds: z.number().positive().max(86_400).default(3600),
    /**
     * RemoteFlag: what on the command line opens a tunnel: the option anywhere, a word only as the command. `tunnel` is that
     * of VS Code and its kin, `host` of devtunnel, `run` of JetBrains' remote-dev-server; the options are ATT&CK's.
     */
    remote_flags: words.default(['tunnel', '--tunnel', '--remote', 'host', 'run']),
    /**
     * ParentProcessName: programs from which people open a tunnel themselves, by base name without case: terminals, and the
     * editors whose menus have the command (`stable` is Warp's). What anything else starts, nobody at a screen asked for.
     */
    parents: words.default([
      'Terminal',
      'iTerm2',
      'stable',
      'ghostty',
      'kitty',
      'alacritty',
      'wezterm-gui',
      'Hyper',
      'Electron',
      'Code',
      'Code - Insiders',
      'Code Helper',
      'Code Helper (Plugin)',
      'Cursor',
      'Cursor Helper (Plugin)',
      'gateway',
    ]),
    /**
     * LaunchAgentPath: where jobs of launchd lie. A tunnel whose program or arguments lie there is one that comes back by
     * itself. The first is where VS Code's `tunnel service install` puts its own job, in the home folder itself.
     */
    launch_agent_paths: words.default([
      '~/com.visualstudio.code.tunnel.plist',
      '~/Library/LaunchAgents',
      '/Library/LaunchAgents',
      '/Library/LaunchDaemons',
    ]),
  })
  .prefault({});

export type Settings = z.infer<typeof configuration>;

/** The section of a validated configuration; the schema it was checked by is the one above. */
export function settingsOf(config: Config): Settings {
  return config.analytics['AN0377'] as Settings;
}
