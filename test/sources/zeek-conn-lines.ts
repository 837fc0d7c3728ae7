/** Writes Zeek connection logs by hand, in every notation. */
export const FIELDS =
  'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state local_orig local_resp missed_bytes history orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes'.split(
    ' ',
  );

export type Row = Readonly<Record<string, string>>;

export const UPLOAD: Row = {
  ts: '1623332876.609725',
  uid: 'CUpload1',
  'id.orig_h': '192.168.2.186',
  'id.orig_p': '51234',
  'id.resp_h': '203.0.113.9',
  'id.resp_p': '443',
  proto: 'tcp',
  service: 'ssl',
  duration: '3600.500000',
  orig_bytes: '7000000',
  resp_bytes: '9000',
  conn_state: 'SF',
  missed_bytes: '0',
  history: 'ShADadFf',
  orig_pkts: '5000',
  orig_ip_bytes: '7200000',
  resp_pkts: '100',
  resp_ip_bytes: '13000',
};

export function header(fields: readonly string[] = FIELDS, path = 'conn', separator = '\t'): string {
  const named = separator === '\t' ? '\\x09' : separator;
  return [
    `#separator ${named}`,
    ['#set_separator', ','].join(separator),
    ['#empty_field', '(empty)'].join(separator),
    ['#unset_field', '-'].join(separator),
    ['#path', path].join(separator),
    ['#fields', ...fields].join(separator),
    ['#types', ...fields.map(() => 'string')].join(separator),
    '',
  ].join('\n');
}

export function tsvRow(row: Row, fields: readonly string[] = FIELDS, separator = '\t'): string {
  return `${fields.map((name) => row[name] ?? '-').join(separator)}\n`;
}

const NUMBERS = /^(ts|duration|.*_p|.*bytes|.*pkts)$/;

export function jsonRow(
  row: Row,
  extra: Readonly<Record<string, unknown>> = {},
  underscored = false,
): string {
  const entries = Object.entries(row).map(([name, value]): [string, unknown] => [
    underscored ? name.replace('id.', 'id_') : name,
    NUMBERS.test(name) && /^[\d.]+$/.test(value) ? Number(value) : value,
  ]);
  return `${JSON.stringify({ ...extra, ...Object.fromEntries(entries) })}\n`;
}

/** The row with `id` as an object, as tools write it that keep Zeek's record type. */
export function nestedRow(row: Row): string {
  const flat = JSON.parse(jsonRow(row)) as Record<string, unknown>;
  const id = Object.entries(flat).flatMap(([name, value]) =>
    name.startsWith('id.') ? [[name.slice(3), value] as const] : [],
  );
  const rest = Object.entries(flat).filter(([name]) => !name.startsWith('id.'));
  return `${JSON.stringify({ ...Object.fromEntries(rest), id: Object.fromEntries(id) })}\n`;
}

/** The row as text in the document of a shipper (Filebeat without a module). */
export function messageRow(row: Row): string {
  return `${JSON.stringify({ '@timestamp': '2026-11-02T06:00:00.000Z', message: jsonRow(row).trimEnd() })}\n`;
}
