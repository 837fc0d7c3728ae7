-- Documents in any spelling, one after the other: nested, with dotted names, as search hits, as members of an array, with
-- escapes that strict parsers refuse. Each line is written anew as a nested document where it is not one, then typed.
WITH
    -- Networks that are not the internet: private, shared, link-local, loopback (RFC 1918, 6598, 3927, 4193, 4291).
    '^(10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.|169\\.254\\.|127\\.|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\.|[fF][cdCD]|[fF][eE]80:|::1$)'
        AS private_networks
SELECT
    line, text, document, source_ip, destination_ip, domain, os, is_defend,
    -- Above 0 where the source is the Mac, below where the destination is: the side that has one of its addresses,
    -- else the private one.
    2 * ((position(own, concat('"', source_ip, '"')) > 0) - (position(own, concat('"', destination_ip, '"')) > 0))
        + (match(source_ip, private_networks) - match(destination_ip, private_networks)) AS side
FROM
(
    SELECT
        line,
        text,
        document,
        -- ECS fills both; an export may keep either.
        document.source AS s,
        document.destination AS d,
        isIPv4String(s.address) + isIPv6String(s.address) > 0 AS is_source_address,
        isIPv4String(d.address) + isIPv6String(d.address) > 0 AS is_destination_address,
        if(s.ip = '' AND is_source_address, s.address, s.ip) AS source_ip,
        if(d.ip = '' AND is_destination_address, d.address, d.ip) AS destination_ip,
        -- An address that is a name is the name the connection was made to.
        if(d.domain = '' AND NOT is_destination_address, d.address, d.domain) AS domain,
        concat('"', document.host.ip, '"') AS own,
        -- Documents of other data sets in one export may use the same words.
        multiIf(document.event.dataset != '', position(document.event.dataset, 'endpoint.') > 0,
                document.event.module IN ('', 'endpoint')) AS is_defend,
        -- Whatever tells the system, the plainest first; a kernel is told by its name only.
        document.host.os AS o,
        lower(multiIf(o.type != '', o.type, o.platform != '', o.platform, o.family != '', o.family, o.name != '', o.name,
                      o.full != '', o.full, match(o.kernel, '^[A-Z][a-z]+ '), o.kernel,
                      match(document.process.executable, '^[A-Za-z]:\\\\'), 'windows', '')) AS os
    FROM
    (
        SELECT
            line,
            text,
            JSONExtract(text, 'Tuple(
                `@timestamp` String,
                agent Tuple(id String),
                event Tuple(
                    action String, category String, kind String, id String, start String, duration UInt64, dataset String,
                    module String),
                host Tuple(
                    id String, name String, hostname String, ip String,
                    os Tuple(type String, platform String, family String, name String, full String, kernel String)),
                process Tuple(
                    entity_id String, pid UInt32, name String, executable String, args Array(String),
                    working_directory String, start String, tty String, interactive Nullable(Bool),
                    code_signature Tuple(
                        exists Nullable(Bool), trusted Nullable(Bool), subject_name String, team_id String, signing_id String),
                    parent Tuple(entity_id String, pid UInt32, executable String),
                    Ext Tuple(effective_parent Tuple(entity_id String, pid UInt32, executable String))),
                source Tuple(ip String, address String, port UInt16, bytes Nullable(UInt64)),
                destination Tuple(ip String, address String, port UInt16, bytes Nullable(UInt64), domain String),
                network Tuple(direction String, transport String),
                user Tuple(id String, name String))') AS document
        FROM
        (
            SELECT line, if(empty(anew), line, anew[1]) AS text
            FROM
            (
                SELECT
                    line,
                    -- a document of an array that has one a line
                    arrayMap(text -> replaceRegexpOne(text, '(?s)^\\s*\\[?\\s*(\\{.*\\})\\s*[\\],]?\\s*$', '\\1'), if(odd, [line], [])) AS bare,
                    arrayMap(object -> if(isValidJSON(object), object, {mended}), bare) AS valid,
                    arrayMap(object -> if(JSONType(object, '_source') = 'Object', JSONExtractRaw(object, '_source'), object), valid)
                        AS found,
                    arrayMap(object -> if(multiSearchAny(object, {dotted}), {respelled}, object), found) AS anew
                FROM
                (
                    SELECT
                        line,
                        NOT startsWith(line, '{') OR NOT isValidJSON(line) OR multiSearchAny(line, {unusual}) AS odd
                    FROM {lines}
                )
            )
        )
    )
)
