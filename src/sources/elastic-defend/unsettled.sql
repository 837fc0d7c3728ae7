-- Is something missing that Defend always writes? Then another spelling may have it.
told IN ('invalid_json', 'not_an_object', 'no_timestamp', 'incomplete_flow')
    OR os NOT IN ('macos', 'linux', 'windows') OR category = '' OR actions = '""' OR NOT is_defend
    OR (told = '' AND (p.entity_id = '' OR p.executable = '' OR host_name = '' OR user = ''
        OR isNull(p.code_signature.exists)))
    OR (told = '' AND is_network AND (source_ip = '' OR destination_ip = '' OR s.port = 0 OR reported_direction = ''
        OR (is_close AND isNull(s.bytes) AND isNull(d.bytes))))
