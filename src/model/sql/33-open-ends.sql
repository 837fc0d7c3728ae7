-- A connection nobody has seen the end of lasts at least until its source's last word on that host, or until its
-- process ended.
INSERT INTO {run:Identifier}.open_ends
SELECT f.host_id, f.flow_id, f.session, if(p.end_ts > f.start_ts, least(l.last_ts, p.end_ts), l.last_ts)
FROM (SELECT host_id, flow_id, session, source, process_id, start_ts FROM {run:Identifier}.flows WHERE open) AS f
INNER JOIN (SELECT host_id, source, max(end_ts) AS last_ts FROM {run:Identifier}.flows GROUP BY host_id, source) AS l
    ON l.host_id = f.host_id AND l.source = f.source
LEFT JOIN (SELECT host_id, process_id, end_ts FROM {run:Identifier}.processes WHERE end_ts != 0) AS p
    ON p.host_id = f.host_id AND p.process_id = f.process_id
