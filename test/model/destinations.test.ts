import { beforeAll, expect, it } from 'vitest';
import { describeEngines } from '../support/engines.js';
import { modelOf, observe, type FlowObservation } from '../support/observations.js';

type Remote = Pick<FlowObservation, 'ip' | 'remoteName' | 'port' | 'interface' | 'source'>;

/** Where a connection goes, and how it counts: scope and the destination its bytes add up under. */
const PLACES: readonly (readonly [remote: Remote, scope: string, destination: string])[] = [
  [{ ip: '203.0.113.9' }, 'external', '203.0.113.0/24'],
  // RFC 1918, one address outside each end.
  [{ ip: '10.0.0.0' }, 'private', '10.0.0.0/24'],
  [{ ip: '10.255.255.255' }, 'private', '10.255.255.0/24'],
  [{ ip: '9.255.255.255' }, 'external', '9.255.255.0/24'],
  [{ ip: '11.0.0.0' }, 'external', '11.0.0.0/24'],
  [{ ip: '172.15.255.255' }, 'external', '172.15.255.0/24'],
  [{ ip: '172.16.0.0' }, 'private', '172.16.0.0/24'],
  [{ ip: '172.31.255.255' }, 'private', '172.31.255.0/24'],
  [{ ip: '172.32.0.0' }, 'external', '172.32.0.0/24'],
  [{ ip: '192.167.255.255' }, 'external', '192.167.255.0/24'],
  [{ ip: '192.168.0.0' }, 'private', '192.168.0.0/24'],
  [{ ip: '192.168.255.255' }, 'private', '192.168.255.0/24'],
  [{ ip: '192.169.0.0' }, 'external', '192.169.0.0/24'],
  // Shared space: on the Mac a mesh VPN or a proxy leads out of the house; on a sensor's wire it is one's own side.
  [{ ip: '100.64.0.0' }, 'external', '100.64.0.0/24'],
  [{ ip: '100.127.255.255' }, 'external', '100.127.255.0/24'],
  [{ ip: '198.18.0.0' }, 'external', '198.18.0.0/24'],
  [{ ip: '198.19.255.255' }, 'external', '198.19.255.0/24'],
  [{ ip: '100.64.0.0', source: 'zeek-conn' }, 'private', '100.64.0.0/24'],
  [{ ip: '100.127.255.255', source: 'zeek-conn' }, 'private', '100.127.255.0/24'],
  [{ ip: '198.18.0.0', source: 'zeek-conn' }, 'private', '198.18.0.0/24'],
  [{ ip: '198.19.255.255', source: 'zeek-conn' }, 'private', '198.19.255.0/24'],
  [{ ip: '100.63.255.255', source: 'zeek-conn' }, 'external', '100.63.255.0/24'],
  [{ ip: '100.128.0.0', source: 'zeek-conn' }, 'external', '100.128.0.0/24'],
  [{ ip: '198.17.255.255', source: 'zeek-conn' }, 'external', '198.17.255.0/24'],
  [{ ip: '198.20.0.0', source: 'zeek-conn' }, 'external', '198.20.0.0/24'],
  // A proxy's stand-in for a name.
  [{ ip: '198.18.0.7', remoteName: 'files.example.com', source: 'zeek-conn' }, 'external', 'example.com'],
  [{ ip: '169.254.7.7' }, 'link_local', '169.254.7.0/24'],
  [{ ip: '169.253.255.255' }, 'external', '169.253.255.0/24'],
  [{ ip: '127.0.0.1' }, 'loopback', '127.0.0.0/24'],
  [{ ip: '127.255.255.255' }, 'loopback', '127.255.255.0/24'],
  [{ ip: '128.0.0.0' }, 'external', '128.0.0.0/24'],
  [{ ip: '223.255.255.255' }, 'external', '223.255.255.0/24'],
  [{ ip: '224.0.0.251' }, 'multicast', '224.0.0.0/24'],
  [{ ip: '239.255.255.250' }, 'multicast', '239.255.255.0/24'],
  [{ ip: '255.255.255.255' }, 'multicast', '255.255.255.0/24'],
  // IPv4 in IPv6 clothes is the same place.
  [{ ip: '::ffff:203.0.113.9' }, 'external', '203.0.113.0/24'],
  [{ ip: '::ffff:10.0.0.1' }, 'private', '10.0.0.0/24'],
  [{ ip: '::ffff:127.0.0.1' }, 'loopback', '127.0.0.0/24'],
  [{ ip: '::ffff:169.254.1.1' }, 'link_local', '169.254.1.0/24'],
  [{ ip: '2001:db8:1:2:3:4:5:6' }, 'external', '2001:db8:1:2::/64'],
  [{ ip: '2001:db8:1:2:ffff::1' }, 'external', '2001:db8:1:2::/64'],
  [{ ip: '::1' }, 'loopback', '::/64'],
  [{ ip: 'fe80::1' }, 'link_local', 'fe80::/64'],
  [{ ip: 'febf::1' }, 'link_local', 'febf::/64'],
  [{ ip: 'fc00::1' }, 'private', 'fc00::/64'],
  [{ ip: 'fdff:1:2:3::4' }, 'private', 'fdff:1:2:3::/64'],
  [{ ip: 'ff02::fb' }, 'multicast', 'ff02::/64'],
  // Hidden addresses: the port may still say that it stays inside.
  [{ port: 445 }, 'private', 'unknown:445'],
  [{ port: 548 }, 'private', 'unknown:548'],
  [{ port: 443 }, 'external', 'unknown:443'],
  [{ port: 5353 }, 'link_local', 'unknown:5353'],
  [{ port: 443, interface: 'lo0' }, 'loopback', 'unknown:443'],
  [{ port: 443, interface: 'awdl0' }, 'link_local', 'unknown:443'],
  [{ port: 443, interface: 'llw0' }, 'link_local', 'unknown:443'],
  [{ port: 443, interface: 'utun3' }, 'external', 'unknown:443'],
  [{ ip: '203.0.113.9', port: 445 }, 'external', '203.0.113.0/24'],
  // Names: the registrable domain, under public suffixes of more than one label too.
  [{ ip: '203.0.113.9', remoteName: 'example.com' }, 'external', 'example.com'],
  [{ ip: '203.0.113.9', remoteName: 'a.b.example.com' }, 'external', 'example.com'],
  [{ ip: '203.0.113.9', remoteName: 'files.example.co.uk' }, 'external', 'example.co.uk'],
  [{ remoteName: 'files.example.org' }, 'external', 'example.org'],
  [{ remoteName: 'files.example.org', port: 445 }, 'external', 'example.org'],
  [{ ip: '10.0.0.5', remoteName: 'nas.example.com' }, 'private', 'example.com'],
  [{ remoteName: 'printer.local' }, 'link_local', 'printer.local'],
  [{ remoteName: 'localhost' }, 'loopback', 'unknown:443'],
  // Rented storage is its tenant, not its landlord.
  [{ remoteName: 'team-a.s3.eu-west-1.amazonaws.com' }, 'external', 'team-a.s3.amazonaws.com'],
  [{ remoteName: 'team-a.s3.dualstack.us-east-1.amazonaws.com' }, 'external', 'team-a.s3.amazonaws.com'],
  [{ remoteName: 'ec2.us-east-1.amazonaws.com' }, 'external', 'ec2.us-east-1.amazonaws.com'],
  [{ remoteName: 'one.sharepoint.com' }, 'external', 'one.sharepoint.com'],
  [{ remoteName: 'two.blob.core.windows.net' }, 'external', 'two.blob.core.windows.net'],
  [{ remoteName: 'storage.googleapis.com' }, 'external', 'storage.googleapis.com'],
  [
    { remoteName: 'bucket.account.r2.cloudflarestorage.com' },
    'external',
    'bucket.account.r2.cloudflarestorage.com',
  ],
  // What only looks like a name.
  [{ ip: '203.0.113.9', remoteName: '203.0.113.9' }, 'external', '203.0.113.0/24'],
  [{ ip: '203.0.113.9', remoteName: 'intranet' }, 'external', '203.0.113.0/24'],
  [{ ip: '2001:db8::1', remoteName: '2001:db8::1' }, 'external', '2001:db8::/64'],
];

describeEngines('destinations', ({ open }) => {
  const found = new Map<number, { scope: string; destination: string }>();
  let pairs: string[] = [];

  beforeAll(async () => {
    const store = await open();
    await observe(
      store,
      PLACES.map(([remote], index): FlowObservation => {
        const ends = { at: 60 + index, start: index, counter: 'final' as const, out: 10, in: 1 };
        return { host: 'mac-1', flow: index + 1, process: 1, name: 'sender', ...ends, ...remote };
      }),
    );
    const model = await modelOf(store);
    const rows = await store.rows<{ flow_id: string; scope: string; destination: string }>(
      'SELECT toString(flow_id) AS flow_id, scope, destination FROM {run:Identifier}.connections',
      { run: model.run },
    );
    for (const { flow_id, ...row } of rows) found.set(Number(flow_id), row);
    const counted = await store.rows<{ destination: string }>(
      'SELECT destination FROM {run:Identifier}.pairs ORDER BY destination',
      { run: model.run },
    );
    pairs = counted.map((row) => row.destination);
    await model.drop();
  });

  it.each(
    PLACES.map(([remote, scope, destination], index) => [JSON.stringify(remote), scope, destination, index]),
  )('%s is %s, counted under %s', (_remote, scope, destination, index) => {
    expect(found.get(index + 1)).toEqual({ scope, destination });
  });

  it('only external ones count as egress', () => {
    const external = PLACES.filter(([, scope]) => scope === 'external').map(
      ([, , destination]) => destination,
    );
    expect(pairs).toEqual([...new Set(external)].sort());
  });
});
