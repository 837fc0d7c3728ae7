import { describe, expect, it } from 'vitest';
import { source } from '../../src/sources/nettop/index.js';

const recognise = (...lines: readonly string[]): string | undefined =>
  source.recognise({ name: 'x', lines })?.variant;

describe('recognising nettop captures', () => {
  it('knows the header in every form, also after the rest of a cut sample', () => {
    expect(recognise('time,,interface,state,bytes_in,bytes_out,rx_dupe,re-tx,W,arch,')).toBe('csv');
    expect(recognise(',interface,state,bytes_in,bytes_out,')).toBe('csv');
    expect(recognise(',bytes_out,')).toBe('csv');
    expect(recognise('\x04\b\btime,,bytes_in,')).toBe('csv');
    expect(recognise('^D\b\btime,,bytes_in,\r')).toBe('csv');
    expect(recognise('tcp4 10.0.0.2:1<->192.0.2.1:2,en0,Established,1,1,', ',state,bytes_in,')).toBe('csv');
  });

  it('leaves other formats alone', () => {
    expect(recognise(',bytes_in,bytes_out')).toBeUndefined();
    expect(recognise('time,pid,bytes_in,bytes_out,')).toBeUndefined();
    expect(recognise('time,,interface,state,')).toBeUndefined();
    expect(recognise('time,interface,bytes_in,')).toBeUndefined();
    expect(recognise('{"bytes_in":1,"bytes_out":2}')).toBeUndefined();
    expect(recognise('#fields\tts\tuid')).toBeUndefined();
    expect(recognise('10:00:00.1,a.1,,,1,2,')).toBeUndefined();
    expect(recognise('')).toBeUndefined();
  });
});
