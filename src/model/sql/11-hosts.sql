-- A source that names no host gives it by file name; when another source knows a host of that name (in any letter
-- case, with or without its domain) the two are one.
INSERT INTO {run:Identifier}.hosts
WITH
    {{fragments/lost-records}},
    seen AS
    (
        SELECT
            host_id AS seen_as, max(host_name) AS seen_name, max(now) AS is_here,
            lost_over(groupArrayIf(
                CAST((on_day, least, most, most - least), 'Tuple(day Date, least UInt64, most UInt64, own UInt64)'), most > 0)) AS lost,
            minIf(least, most > 0) AS lost_least, max(most) AS lost_most
        FROM
        (
            SELECT host_id, max(host_name) AS host_name, toDate(ts) AS on_day, minIf(lost_total, lost_total > 0) AS least,
                max(lost_total) AS most, 1 AS now
            FROM flow_observations
            WHERE attempt IN (SELECT attempt FROM {run:Identifier}.attempts)
              AND ts >= {hosts_since:DateTime64(6, 'UTC')} AND ts < {hosts_until:DateTime64(6, 'UTC')}
            GROUP BY host_id, on_day
            UNION ALL
            SELECT host_id, max(host_name) AS host_name, toDate(0), 0, 0, 1 AS now FROM process_observations
            WHERE attempt IN (SELECT attempt FROM {run:Identifier}.attempts)
              AND ts >= {hosts_since:DateTime64(6, 'UTC')} AND ts < {hosts_until:DateTime64(6, 'UTC')}
            GROUP BY host_id
            UNION ALL
            SELECT seen_as AS host_id, seen_name AS host_name, toDate(0), 0, 0, 0 AS now FROM {run:Identifier}.known_hosts
        )
        GROUP BY host_id
    ),
    keyed AS
    (
        SELECT
            seen_as,
            seen_name,
            lost,
            lost_least,
            lost_most,
            is_here,
            if(seen_name = '' OR isIPv4String(seen_as) OR isIPv6String(seen_as), lower(seen_as), lower(seen_name)) AS long_key,
            if(isIPv4String(long_key) OR isIPv6String(long_key), long_key, splitByChar('.', long_key)[1]) AS key,
            seen_name != '' AND lower(seen_name) != lower(seen_as) AS named
        FROM seen
    ),
    named_hosts AS
    (
        SELECT key, min(seen_as) AS host_id, max(seen_name) AS host_name, uniqExact(seen_as) AS hosts
        FROM keyed WHERE named GROUP BY key
    ),
    unnamed AS
    (
        SELECT key, min(seen_as) AS host_id FROM keyed WHERE NOT named GROUP BY key
    )
SELECT
    k.seen_as,
    k.seen_name,
    multiIf(k.named, k.seen_as, n.hosts = 1, n.host_id, u.host_id),
    multiIf(k.named, k.seen_name, n.hosts = 1, n.host_name, u.host_id),
    k.lost,
    k.lost_least,
    k.lost_most
FROM keyed AS k
LEFT JOIN named_hosts AS n ON n.key = k.key
LEFT JOIN unnamed AS u ON u.key = k.key
WHERE k.is_here
