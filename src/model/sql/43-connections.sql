-- Where the telemetry hides the other end, the command line of a general tool may name it.
-- The flows with their actor, the end of open ones filled in, their scope, and the destination they count under: the registrable
-- domain, the full host name under shared hosting (a bucket is a tenant), else the /24 or /64 of the address, since
-- addresses rotate within them.
INSERT INTO {run:Identifier}.connections
WITH
    if(f.remote_name = '' AND f.remote_ip = '', t.target, f.remote_name) AS remote_name_,
    toUInt32(toIPv4OrDefault(f.remote_ip)) AS v4,
    lower(hex(toIPv6OrDefault(f.remote_ip))) AS v6,
    isIPv4String(f.remote_ip) AS is_v4,
    isIPv6String(f.remote_ip) AS is_v6,
    if(startsWith(v6, '00000000000000000000ffff') AND NOT is_v4 AND is_v6, reinterpretAsUInt32(reverse(unhex(substring(v6, 25)))), v4) AS v4_any,
    is_v4 OR (is_v6 AND startsWith(v6, '00000000000000000000ffff')) AS has_v4,
    multiIf(
        isIPv4String(remote_name_) OR isIPv6String(remote_name_) OR position(remote_name_, '.') = 0, '',
        -- a bucket counts under one name (knowledge/bucket-host.ts)
        endsWith(remote_name_, '.amazonaws.com'), replaceRegexpOne(remote_name_, {bucket_endpoint:String}, {bucket_host:String}),
        cutToFirstSignificantSubdomain(remote_name_) IN {shared_hosting:Array(String)}, remote_name_,
        cutToFirstSignificantSubdomain(remote_name_) = '', remote_name_,
        cutToFirstSignificantSubdomain(remote_name_)) AS domain
SELECT
    f.host_id, a.actor_id, f.process_id, f.flow_id, f.session, f.source, f.remote_ip, f.remote_port, remote_name_,
    f.transport, f.direction, f.start_ts, if(e.end_ts > f.end_ts, e.end_ts, f.end_ts) AS until_ts,
    greatest(0, (toUnixTimestamp64Micro(until_ts) - toUnixTimestamp64Micro(f.start_ts)) / 1000000) AS duration,
    f.open, f.bytes_out, f.bytes_in, f.out_known, f.in_known, f.counted_ts, f.carried,
    multiIf(
        f.interface = 'lo0' OR remote_name_ = 'localhost', 'loopback',
        startsWith(f.interface, 'awdl') OR startsWith(f.interface, 'llw'), 'link_local',
        has_v4, multiIf(
            v4_any >= 2130706432 AND v4_any <= 2147483647, 'loopback',      -- 127.0.0.0/8
            v4_any >= 167772160 AND v4_any <= 184549375, 'private',         -- 10.0.0.0/8
            v4_any >= 2886729728 AND v4_any <= 2887778303, 'private',       -- 172.16.0.0/12
            v4_any >= 3232235520 AND v4_any <= 3232301055, 'private',       -- 192.168.0.0/16
            -- 100.64.0.0/10 (shared) and 198.18.0.0/15 (benchmarking, which proxies give out as stand-ins) are one's own
            -- side on a sensor's wire, as where its reader looks for the local end. On the Mac they lie behind a tunnel or
            -- a proxy, whose own volume is excused because what goes in is counted: there they are outside.
            f.source IN {network_only:Array(String)} AND v4_any >= 1681915904 AND v4_any <= 1686110207, 'private',
            f.source IN {network_only:Array(String)} AND v4_any >= 3323068416 AND v4_any <= 3323199487 AND domain = '', 'private',
            v4_any >= 2851995648 AND v4_any <= 2852061183, 'link_local',    -- 169.254.0.0/16
            v4_any >= 3758096384, 'multicast',                              -- 224.0.0.0/4 and above
            v4_any = 0, 'unspecified',
            'external'),
        is_v6, multiIf(
            v6 = '00000000000000000000000000000001', 'loopback',
            v6 = '00000000000000000000000000000000', 'unspecified',
            startsWith(v6, 'fe8') OR startsWith(v6, 'fe9') OR startsWith(v6, 'fea') OR startsWith(v6, 'feb'), 'link_local',
            startsWith(v6, 'fc') OR startsWith(v6, 'fd'), 'private',
            startsWith(v6, 'ff'), 'multicast',
            'external'),
        remote_name_ LIKE '%.local' OR f.remote_port = 5353, 'link_local',
        -- the address is hidden: file shares, printing and directory services do not cross the internet
        remote_name_ = '' AND f.remote_ip = '' AND f.remote_port IN (88, 137, 138, 139, 389, 445, 515, 548, 631, 2049, 9100), 'private',
        'external') AS scope,
    domain != '' AS named,
    multiIf(
        domain != '', domain,
        has_v4, concat(IPv4NumToString(bitAnd(v4_any, 4294967040)), '/24'),
        is_v6, concat(IPv6NumToString(toFixedString(unhex(concat(substring(v6, 1, 16), '0000000000000000')), 16)), '/64'),
        concat('unknown:', toString(f.remote_port))) AS destination
FROM {run:Identifier}.flows AS f
INNER JOIN {run:Identifier}.actors AS a ON a.host_id = f.host_id AND a.process_id = f.process_id
LEFT JOIN {run:Identifier}.open_ends AS e ON e.host_id = f.host_id AND e.flow_id = f.flow_id AND e.session = f.session
LEFT JOIN
(
    SELECT p.host_id AS host_id, p.process_id AS process_id, c.target AS target
    FROM (SELECT host_id, process_id, sipHash64(args, script) AS command_line FROM {run:Identifier}.processes WHERE notEmpty(args)) AS p
    INNER JOIN (SELECT command_line, target FROM {run:Identifier}.command_lines WHERE target != '') AS c ON c.command_line = p.command_line
) AS t ON t.host_id = f.host_id AND t.process_id = f.process_id
