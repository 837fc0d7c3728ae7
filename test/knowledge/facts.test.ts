import { describe, expect, it } from 'vitest';
import { isAppleDomain, isAppleTeam } from '../../src/knowledge/apple.js';
import { foldBucketHost } from '../../src/knowledge/bucket-host.js';
import { isEverydayPort, tellingService } from '../../src/knowledge/ports.js';
import { isPlumbing, isScriptHost } from '../../src/knowledge/starters.js';

describe('what is Apple', () => {
  it.each([
    ['apple.com', true],
    ['p42-content.icloud.com', true],
    ['icloud-content.com', true],
    ['notapple.com', false],
    ['apple.com.evil.example', false],
    ['', false],
  ])('a host name %s: %s', (name, is) => {
    expect(isAppleDomain(name)).toBe(is);
  });

  it.each([
    ['74J34U3R6X', true],
    ['59GAB85EFG', true],
    ['59gab85efg', false],
    ['UBF8T346G9', false],
    ['', false],
  ])('a team %s: %s', (team, is) => {
    expect(isAppleTeam(team)).toBe(is);
  });
});

describe('ports', () => {
  it.each([22, 443, 5223, 8080, 19_302])('%d is everyday and tells nothing', (port) => {
    expect(isEverydayPort(port)).toBe(true);
    expect(tellingService(port)).toBeUndefined();
  });

  it.each([
    [21, 'FTP'],
    [445, 'SMB'],
    [5900, 'VNC'],
    [9001, 'Tor'],
  ])('%d tells of %s', (port, service) => {
    expect(tellingService(port)).toBe(service);
    expect(isEverydayPort(port)).toBe(false);
  });

  it.each([0, 4444, 31_337])('%d is neither', (port) => {
    expect(isEverydayPort(port)).toBe(false);
    expect(tellingService(port)).toBeUndefined();
  });
});

describe('who starts others', () => {
  it.each(['/usr/bin/sudo', '/usr/bin/login', '/usr/libexec/xpcproxy', '/opt/homebrew/bin/tmux'])(
    '%s passes a session on',
    (executable) => {
      expect(isPlumbing(executable)).toBe(true);
      expect(isScriptHost(executable)).toBe(false);
    },
  );

  it.each(['/usr/bin/osascript', '/System/Applications/Automator.app/Contents/MacOS/Automator'])(
    '%s runs scripts for others',
    (executable) => {
      expect(isScriptHost(executable)).toBe(true);
      expect(isPlumbing(executable)).toBe(false);
    },
  );

  it.each(['/usr/bin/SUDO', '/usr/bin/sudo2', '/Applications/Mail.app/Contents/MacOS/Mail', ''])(
    '%s is neither',
    (executable) => {
      expect(isPlumbing(executable)).toBe(false);
      expect(isScriptHost(executable)).toBe(false);
    },
  );
});

describe('a bucket', () => {
  it.each([
    's3.amazonaws.com',
    's3.eu-west-1.amazonaws.com',
    's3-eu-west-1.amazonaws.com',
    's3.dualstack.eu-west-1.amazonaws.com',
  ])('is one by the endpoint %s', (endpoint) => {
    expect(foldBucketHost(`a.b-c.${endpoint}`)).toBe('a.b-c.s3.amazonaws.com');
  });

  it.each([
    'ec2.eu-west-1.amazonaws.com',
    'b.s3.amazonaws.com.evil.example',
    's3.eu-west-1.amazonaws.com',
    'b.xs3.amazonaws.com',
  ])('is nothing of %s', (name) => {
    expect(foldBucketHost(name)).toBe(name);
  });
});
