import { changesOf, configFor, partsChanged, type Existing } from '../../src/genesys/provisioning-plan';
import { wanted } from './provisioned';

const existing = (config: Existing['config'], intendedState: string | null = 'ENABLED'): Existing => ({
  id: 'i',
  config,
  intendedState,
});

test('nothing there: everything is new', () => {
  expect(changesOf(wanted, null)).toEqual([
    { kind: 'create', name: 'tidemark' },
    { kind: 'set', property: 'awsAccountId', from: null, to: '123456789012' },
    { kind: 'set', property: 'awsAccountRegion', from: null, to: 'eu-central-1' },
    { kind: 'set', property: 'eventSourceSuffix', from: null, to: 'tidemark' },
    { kind: 'topics', added: wanted.topics, removed: [] },
    { kind: 'enable', from: null },
  ]);
});

test('a topic that is in the filter and not wanted is taken out of it, visibly', () => {
  const { properties } = configFor({ ...wanted, topics: ['v2.x', ...wanted.topics] }, {});
  expect(changesOf(wanted, existing({ properties: properties! }))).toEqual([{ kind: 'topics', added: [], removed: ['v2.x'] }]);
});

test.each([[{}], [{ properties: null }], [{ properties: 'none' }], [{ properties: { eventFilter: 'v2.x', awsAccountId: 1 } }]])(
  'a configuration of another shape (%j) is one that has nothing yet',
  (config) => {
    expect(changesOf(wanted, existing(config)).map(({ kind }) => kind)).toEqual(['set', 'set', 'set', 'topics']);
  },
);

test('a configuration is sent whole, with the version that it replaces', () => {
  expect(configFor(wanted, { id: 'i', selfUri: '/x', version: 9, notes: null, advanced: null })).toEqual({
    name: 'tidemark',
    version: 9,
    properties: {
      awsAccountId: '123456789012',
      awsAccountRegion: 'eu-central-1',
      eventSourceSuffix: 'tidemark',
      eventFilter: wanted.topics,
    },
    advanced: {},
    notes: '',
    credentials: {},
  });
});

test('the word that Genesys writes for empty notes is not written back', () => {
  expect(configFor(wanted, { notes: 'node_dynamodb_empty_string' })['notes']).toBe('');
});

test('what two readings have differently is named, and never shown', () => {
  const before = { version: 1, notes: 'a', properties: { awsAccountId: '1', eventFilter: ['a'] } };
  const after = { version: 2, notes: 'canary', properties: { awsAccountId: '1', eventFilter: ['b'], more: true } };
  expect(partsChanged(before, after)).toEqual(['eventFilter', 'more', 'notes']);
  expect(partsChanged(before, { ...before, version: 2 })).toEqual([]);
});
