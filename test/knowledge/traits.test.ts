import { describe, expect, it } from 'vitest';
import { DESTINATION_KINDS } from '../../src/knowledge/classify-destination.js';
import { isPlace, type DestinationTrait } from '../../src/knowledge/destination-traits.js';
import type { PathClass } from '../../src/knowledge/path-class.js';
import { liesIn, type PathTrait } from '../../src/knowledge/path-traits.js';
import { TOOL_CATEGORIES } from '../../src/knowledge/tool-data.js';
import { isTool, type ToolTrait } from '../../src/knowledge/tool-traits.js';
import { UPLOADER_GROUPS } from '../../src/knowledge/uploader-data.js';
import { isUploader, type UploaderTrait } from '../../src/knowledge/uploader-traits.js';

describe('kinds of destination', () => {
  it.each<[DestinationTrait, string]>([
    ['never_excused', 'file_drop malware paste proxyware torrent tunnel webhook'],
    ['rented', 'app_hosting cdn cloud_storage file_drop tunnel'],
    ['drop', 'file_drop paste webhook'],
    ['hides_who', 'anonymity dynamic_dns peer_transfer'],
    ['work', 'code_host package_registry'],
  ])('%s are %s', (trait, kinds) => {
    expect(DESTINATION_KINDS.filter((kind) => isPlace(kind, trait)).join(' ')).toBe(kinds);
    expect(isPlace(undefined, trait)).toBe(false);
  });
});

describe('categories of tools', () => {
  it.each<[ToolTrait, string]>([
    ['exec_alone', 'anonymity c2 p2p peer_transfer proxy_malware proxyware rat torrent tunnel'],
    ['hides_traffic', 'anonymity c2 proxy_malware proxyware rat stealer tunnel'],
    ['by_hand', 'torrent'],
  ])('%s are %s', (trait, categories) => {
    expect(TOOL_CATEGORIES.filter((category) => isTool(category, trait)).join(' ')).toBe(categories);
    expect(isTool(undefined, trait)).toBe(false);
  });
});

describe('groups of uploaders', () => {
  it.each<[UploaderTrait, string]>([
    ['sends_files', 'creative file-transfer media'],
    ['manages', 'edr mdm'],
  ])('%s are %s', (trait, groups) => {
    expect(UPLOADER_GROUPS.filter((group) => isUploader(group, trait)).join(' ')).toBe(groups);
    expect(isUploader(undefined, trait)).toBe(false);
  });
});

describe('classes of paths', () => {
  const classes: readonly PathClass[] = [
    'applications',
    'developer_build',
    'downloads',
    'hidden',
    'homebrew',
    'library_support',
    'other',
    'system',
    'temporary',
    'user_applications',
    'volume',
  ];

  it.each<[PathTrait, string]>([
    ['installed', 'applications developer_build homebrew system user_applications'],
    ['landing', 'downloads hidden library_support temporary volume'],
    ['odd', 'hidden temporary volume'],
    ['application', 'applications system user_applications'],
    ['shells', 'homebrew system'],
    ['builds', 'developer_build homebrew system'],
  ])('%s are %s', (trait, names) => {
    expect(classes.filter((one) => liesIn(one, trait)).join(' ')).toBe(names);
  });
});
