import { describe, expect, it } from 'vitest';
import { source } from '../../src/sources/zeek-conn/index.js';
import { FIELDS, header, jsonRow, messageRow, nestedRow, tsvRow, UPLOAD } from './zeek-conn-lines.js';

describe('recognising Zeek conn logs', () => {
  const recognise = (text: string): string | undefined =>
    source.recognise({ name: 'x', lines: text.split('\n') })?.variant;

  it('knows TSV by its header and JSON by its keys', () => {
    expect(recognise(header())).toBe('tsv');
    expect(recognise(header(FIELDS, 'conn_long'))).toBe('tsv');
    expect(recognise(header(FIELDS, 'open_conn', '|'))).toBe('tsv');
    expect(recognise(jsonRow(UPLOAD))).toBe('json');
    expect(recognise(jsonRow(UPLOAD, { '@stream': 'conn' }, true))).toBe('json');
    expect(
      recognise(`${jsonRow({}, { _path: 'dns', uid: 'C1' })}${jsonRow(UPLOAD, { _path: 'conn' })}`),
    ).toBe('json');
    expect(recognise(nestedRow(UPLOAD))).toBe('json');
    expect(recognise(messageRow(UPLOAD))).toBe('json-message');
  });

  it('leaves other logs and formats alone', () => {
    expect(recognise(header(['ts', 'uid', 'note', 'msg'], 'notice'))).toBeUndefined();
    expect(recognise(header([...FIELDS.slice(0, 7), 'query'], 'dns'))).toBeUndefined();
    expect(recognise(tsvRow(UPLOAD))).toBeUndefined();
    expect(
      recognise('### Baseline\n1623332876.609725\t192.168.2.186\t192.168.2.21\t23\t23\t625.2'),
    ).toBeUndefined();
    expect(recognise(jsonRow(UPLOAD, { _path: 'dns' }))).toBeUndefined();
    expect(recognise('{"uid":"C1","proto":"udp","ts":1,"history":[]}')).toBeUndefined();
    expect(recognise('{"zeek":{"connection":{"history":"Dd"}}}')).toBeUndefined();
    expect(recognise('{"conn_state":"SF"')).toBeUndefined();
    expect(recognise('{"message":"conn_state"}')).toBeUndefined();
    expect(recognise('{"message":7}')).toBeUndefined();
    expect(recognise(',interface,state,bytes_in,bytes_out,')).toBeUndefined();
    expect(recognise('')).toBeUndefined();
  });
});
