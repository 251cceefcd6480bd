import type { IngestSecrets, IngestSecretSource } from '../../src/ports-ingest';

/** Of the least and the greatest length, and with every character that a secret may have. */
export const someSecrets = {
  short: 'a-secret-of-24-character',
  long: 'x'.repeat(200),
  odd: '!"#$%&\'()*+-./:;<=>?@[\\]^_`{|}~',
} as const;
const { short, long, odd } = someSecrets;

/** What every source of senders' secrets promises. `make` gives one that holds these. */
export const ingestSecretsContract = (name: string, make: (secrets: IngestSecrets) => Promise<IngestSecretSource>): void => {
  describe(`${name} keeps the promises of a source of senders' secrets`, () => {
    test.each<[string, IngestSecrets]>([
      ['one that is sent as it is', { bearer: [short], signing: [] }],
      ['one that is signed with', { bearer: [], signing: [long] }],
      ['two of a kind', { bearer: [short, odd], signing: [] }],
      ['two of each kind', { bearer: [short, long], signing: [odd, short] }],
    ])('it gives %s', async (_, secrets) => {
      const source = await make(secrets);
      expect(await source.read('known')).toEqual(secrets);
      expect(await source.read('fresh')).toEqual(secrets);
    });

    test('whoever asks at once with others gets the same', async () => {
      const secrets = { bearer: [short], signing: [long] };
      const source = await make(secrets);
      const found = await Promise.all((['known', 'fresh', 'known', 'fresh'] as const).map((how) => source.read(how)));
      expect(found).toEqual(found.map(() => secrets));
    });
  });
};
