import type { SimSigning } from '../event.js';
import type { Program } from '../machine.js';
import { Random } from '../random.js';

/** A code directory hash is a function of the build: same program and version, same hash on every Mac. */
export function buildHash(...parts: readonly string[]): string {
  return new Random(parts.join('\u0001')).hex(40);
}

/** An Apple platform binary. */
export function apple(executable: string, signingId = `com.apple.${lastPart(executable)}`): Program {
  return { executable, signing: platformSigning(signingId, executable) };
}

export function platformSigning(signingId: string, executable: string): SimSigning {
  return {
    signer: 'apple_platform',
    signingId,
    teamId: '',
    cdhash: buildHash('apple', executable),
    subject: 'Software Signing',
  };
}

export function developerId(
  executable: string,
  signingId: string,
  teamId: string,
  vendor: string,
  version = '1',
): Program {
  return {
    executable,
    signing: {
      signer: 'developer_id',
      signingId,
      teamId,
      cdhash: buildHash(executable.slice(executable.lastIndexOf('/') + 1), signingId, teamId, version),
      subject: `Developer ID Application: ${vendor} (${teamId})`,
    },
  };
}

export function appStore(executable: string, signingId: string, teamId: string, version = '1'): Program {
  return {
    executable,
    signing: {
      signer: 'app_store',
      signingId,
      teamId,
      cdhash: buildHash(signingId, teamId, version),
      subject: 'Apple Mac OS Application Signing',
    },
  };
}

/** Linker- or `codesign -s -`-signed code: Homebrew bottles, Go tools, local builds. */
export function adHoc(executable: string, signingId: string, build = '1'): Program {
  return {
    executable,
    signing: {
      signer: 'ad_hoc',
      signingId,
      teamId: '',
      cdhash: buildHash(lastPart(executable), signingId, build),
      subject: '',
    },
  };
}

export function unsigned(executable: string): Program {
  return { executable, signing: { signer: 'unsigned', signingId: '', teamId: '', cdhash: '', subject: '' } };
}

/** The same code elsewhere: a copy keeps its signature. */
export function copiedTo(program: Program, executable: string): Program {
  return { executable, signing: program.signing };
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export const ZSH = apple('/bin/zsh', 'com.apple.zsh');
export const SH = apple('/bin/sh', 'com.apple.sh');
export const BASH = apple('/bin/bash', 'com.apple.bash');
export const TERMINAL = apple(
  '/System/Applications/Utilities/Terminal.app/Contents/MacOS/Terminal',
  'com.apple.Terminal',
);
export const LOGIN = apple('/usr/bin/login', 'com.apple.login');
export const CURL = apple('/usr/bin/curl', 'com.apple.curl');
export const NSCURL = apple('/usr/bin/nscurl', 'com.apple.nscurl');
export const SSH = apple('/usr/bin/ssh', 'com.apple.ssh');
export const SCP = apple('/usr/bin/scp', 'com.apple.scp');
export const RSYNC = apple('/usr/bin/rsync', 'com.apple.rsync');
export const OSASCRIPT = apple('/usr/bin/osascript', 'com.apple.osascript');
export const DITTO = apple('/usr/bin/ditto', 'com.apple.ditto');
export const ZIP = apple('/usr/bin/zip', 'com.apple.zip');
export const NC = apple('/usr/bin/nc', 'com.apple.nc');
export const DIG = apple('/usr/bin/dig', 'com.apple.dig');
export const SPLIT = apple('/usr/bin/split', 'com.apple.split');
export const FINDER = apple(
  '/System/Library/CoreServices/Finder.app/Contents/MacOS/Finder',
  'com.apple.finder',
);
export const NSURLSESSIOND = apple('/usr/libexec/nsurlsessiond', 'com.apple.nsurlsessiond');
export const MDNSRESPONDER = apple('/usr/sbin/mDNSResponder', 'com.apple.mDNSResponder');
export const SHARINGD = apple('/usr/libexec/sharingd', 'com.apple.sharingd');
export const INSTALLER = apple(
  '/System/Library/CoreServices/Installer.app/Contents/MacOS/Installer',
  'com.apple.installer',
);
export const APPLE_PYTHON = apple(
  '/Applications/Xcode.app/Contents/Developer/Library/Frameworks/Python3.framework/Versions/3.9/Resources/Python.app/Contents/MacOS/Python',
  'com.apple.python3',
);
export const GIT_HTTP = apple(
  '/Library/Developer/CommandLineTools/usr/libexec/git-core/git-remote-http',
  'com.apple.git-remote-http',
);
export const GIT = apple('/Library/Developer/CommandLineTools/usr/bin/git', 'com.apple.git');

export const BREW_NODE = adHoc('/opt/homebrew/Cellar/node/22.4.1/bin/node', 'node');
export const PKG_NODE = developerId('/usr/local/bin/node', 'node', 'HX7739G8FX', 'Node.js Foundation');
export const BREW_PYTHON = adHoc(
  '/opt/homebrew/Cellar/python@3.12/3.12.4/Frameworks/Python.framework/Versions/3.12/Resources/Python.app/Contents/MacOS/Python',
  'org.python.python',
);
export const PKG_PYTHON = developerId(
  '/Library/Frameworks/Python.framework/Versions/3.11/Resources/Python.app/Contents/MacOS/Python',
  'org.python.python',
  'BMM5U3QVKW',
  'Python Software Foundation',
);
export const RCLONE = adHoc('/opt/homebrew/Cellar/rclone/1.67.0/bin/rclone', 'a.out');
export const AWS_CLI = developerId('/usr/local/aws-cli/aws', 'aws', '94KV3E626L', 'AMZN Mobile LLC');

export const CHROME = developerId(
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'com.google.Chrome',
  'EQHXZ8M8AV',
  'Google LLC',
);
export const CHROME_HELPER = developerId(
  '/Applications/Google Chrome.app/Contents/Frameworks/Google Chrome Framework.framework/Versions/127.0.6533.89/Helpers/Google Chrome Helper.app/Contents/MacOS/Google Chrome Helper',
  'com.google.Chrome.helper',
  'EQHXZ8M8AV',
  'Google LLC',
);
export const DOCKER_APP = developerId(
  '/Applications/Docker.app/Contents/MacOS/Docker Desktop.app/Contents/MacOS/Docker Desktop',
  'com.electron.dockerdesktop',
  '9BNSXJN65R',
  'Docker Inc',
);
export const DOCKER_BACKEND = developerId(
  '/Applications/Docker.app/Contents/MacOS/com.docker.backend',
  'com.docker.docker',
  '9BNSXJN65R',
  'Docker Inc',
);
export const VSCODE = developerId(
  '/Applications/Visual Studio Code.app/Contents/MacOS/Electron',
  'com.microsoft.VSCode',
  'UBF8T346G9',
  'Microsoft Corporation',
);
export const VSCODE_HELPER = developerId(
  '/Applications/Visual Studio Code.app/Contents/Frameworks/Code Helper.app/Contents/MacOS/Code Helper',
  'com.microsoft.VSCode.helper',
  'UBF8T346G9',
  'Microsoft Corporation',
);
