/**
 * How peers are counted where the telemetry hides their addresses: a relay that fetches web pages for others calls one of
 * their sites seldom more than three times a day, so that so many visits to a web port stand for one site.
 */
export const PEER_VISITS = { web_ports: [80, 443], visits_a_peer: 3 } as const;
