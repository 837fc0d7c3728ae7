import { apple, developerId } from '../fleet/programs.js';
import { HOUR } from '../machine.js';
import type { Benign } from '../scenarios/scenario.js';

/** The first day of a Mac that was erased and set up again: everything comes down, and a little goes up. */
export const RESTORED_DATA: Benign = {
  kind: 'benign',
  id: 'X13',
  title: 'Re-imaged Mac restores its data',
  expected: 'info',
  techniques: [],
  uses: ['sync'],
  presence: 'any',
  campaign: 30_000,
  play: (stage) => {
    const setup = stage.exec(
      apple(
        '/System/Library/CoreServices/Setup Assistant.app/Contents/MacOS/Setup Assistant',
        'com.apple.SetupAssistant',
      ),
      { until: stage.start + HOUR },
    );
    stage.send({
      from: setup,
      to: () => stage.named('swcdn.apple.com'),
      connections: 6,
      seconds: 300,
      out: 200e3,
      in: stage.around(9e9),
      campaign: 2400,
    });
    const sync = stage.through(
      ['onedrive', 'google-drive', 'dropbox', 'box'],
      developerId(
        '/Applications/OneDrive.app/Contents/MacOS/OneDrive',
        'com.microsoft.OneDrive',
        'UBF8T346G9',
        'Microsoft Corporation',
      ),
    );
    const name =
      { Dropbox: 'block.dropbox.com', Box: 'upload.app.box.com', 'Google Drive': 'www.googleapis.com' }[
        sync.name
      ] ?? '{tenant}-my.sharepoint.com';
    stage.send({
      from: sync,
      to: () => stage.named(name),
      connections: 120,
      seconds: 600,
      out: stage.around(700e6),
      in: stage.around(60e9),
      campaign: 25_000,
    });
  },
};
