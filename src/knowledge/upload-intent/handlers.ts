import { ftp, rsync, scp, sftp } from './copy-tools.js';
import type { IntentHandler } from './intent.js';
import { aws, azure, gcloud, minio, rclone, s3Tools } from './object-storage.js';
import { backup, containers, duck, git, mega, peerTransfer, publish } from './publish-tools.js';
import { netcat, openssl, socat } from './socket-tools.js';
import { ssh, sshuttle } from './ssh.js';
import {
  chisel,
  cloudflared,
  devTunnel,
  frp,
  multiTunnel,
  ngrok,
  portExposer,
  tailscale,
} from './tunnel-tools.js';
import { curl, httpie, nscurl, wget } from './web-clients.js';

/** Which reader understands which command, by lower-case name. */
export const HANDLERS: ReadonlyMap<string, IntentHandler> = new Map<string, IntentHandler>([
  ['curl', curl],
  ['nscurl', nscurl],
  ...named(wget, 'wget', 'wget2'),
  ...named(httpie, 'http', 'https', 'xh'),
  ...named(scp, 'scp', 'ascp'),
  ['sftp', sftp],
  ...named(rsync, 'rsync', 'openrsync'),
  ...named(ftp, 'ftp', 'lftp', 'tftp', 'ncftpput'),
  ...named(ssh, 'ssh', 'autossh', 'slogin'),
  ['sshuttle', sshuttle],
  ...named(netcat, 'nc', 'ncat', 'netcat'),
  ['socat', socat],
  ['openssl', openssl],
  ['aws', aws],
  ...named(gcloud, 'gcloud', 'gsutil'),
  ...named(s3Tools, 's3cmd', 's5cmd'),
  ...named(azure, 'az', 'azcopy'),
  ...named(minio, 'mc', 'mcli'),
  ['rclone', rclone],
  ...named(git, 'git', 'git-push', 'git-send-pack', 'git-remote-http', 'git-remote-https', 'git-remote-ftp'),
  ...named(containers, 'docker', 'podman', 'nerdctl'),
  ...named(publish, 'npm', 'yarn', 'pnpm', 'bun', 'cargo', 'uv', 'poetry', 'gem', 'twine', 'gh'),
  ...named(backup, 'restic', 'borg', 'kopia', 'duplicity', 'duplicacy'),
  ...named(peerTransfer, 'croc', 'wormhole', 'magic-wormhole'),
  ...named(mega, 'mega-put', 'mega-sync', 'mega-backup'),
  ['duck', duck],
  ['cloudflared', cloudflared],
  ['ngrok', ngrok],
  ...named(frp, 'frpc', 'frps'),
  ['chisel', chisel],
  ...named(
    portExposer,
    'bore',
    'lt',
    'localtunnel',
    'pagekite',
    'pagekite.py',
    'loclx',
    'localtonet',
    'pitunnel',
  ),
  ...named(devTunnel, 'code', 'code-insiders', 'code-tunnel', 'code-tunnel-insiders', 'devtunnel'),
  ...named(tailscale, 'tailscale', 'tailscaled'),
  ...named(multiTunnel, 'gost', 'wstunnel'),
]);

/** Signing ids that name the tool whatever the file is called (Apple's own, which a copy keeps). */
export const HANDLER_SIGNING_IDS: ReadonlyMap<string, string> = new Map([
  ['com.apple.curl', 'curl'],
  ['com.apple.nscurl', 'nscurl'],
  ['com.apple.nc', 'nc'],
  ['com.apple.scp', 'scp'],
  ['com.apple.sftp', 'sftp'],
  ['com.apple.ssh', 'ssh'],
  ['com.apple.openssh', 'ssh'],
  ['com.apple.rsync', 'rsync'],
  ['com.apple.openrsync', 'rsync'],
  ['com.apple.ftp', 'ftp'],
  ['com.apple.tftp', 'tftp'],
  ['com.apple.git', 'git'],
]);

function named(handler: IntentHandler, ...names: readonly string[]): [string, IntentHandler][] {
  return names.map((name) => [name, handler]);
}
