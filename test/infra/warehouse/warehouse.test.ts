import { gunzipSync, gzipSync } from 'node:zlib';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordColumns, type Column } from '../../../infra/warehouse/record-columns';
import { isObject, type JsonObject } from '../../../src/core/json';
import { pathOf, resourcesOf, synthesize, type Properties, type Resource } from '../synthesized';
import { hiveReader } from './hive-type';
import { deliveredHistories, readRecord } from './published-records';

const template = synthesize({ warehouse: 'on', warehouseDays: '400' });

const only = (type: string): Resource => {
  const [found, ...others] = Object.values(resourcesOf(template, type)).filter((one) => pathOf(one).startsWith('Warehouse/'));
  if (!found || others.length > 0) throw new Error(`Expected one ${type} in the warehouse.`);
  return found;
};
const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

const destination = at(
  only('AWS::KinesisFirehose::DeliveryStream').Properties,
  'ExtendedS3DestinationConfiguration',
) as Properties;
const tables = new Map(
  Object.values(resourcesOf(template, 'AWS::Glue::Table')).map(({ Properties: { TableInput: input } }) => [
    String(at(input, 'Name')),
    input as Properties,
  ]),
);
const records = tables.get('records') ?? {};
const view = tables.get('latest_revision') ?? {};
const hiveColumnsOf = (table: Properties) =>
  at(table, 'StorageDescriptor', 'Columns') as readonly { readonly Name: string; readonly Type: string }[];

let delivered: readonly string[];
beforeAll(async () => {
  delivered = (await deliveredHistories()).flat();
});

/** What Firehose does with what SNS gives it, by what the template declares. */
const objectOf = (messages: readonly string[]): Buffer => {
  const processors = at(destination, 'ProcessingConfiguration', 'Processors') as readonly Properties[];
  const delimiter = processors.some(({ Type }) => Type === 'AppendDelimiterToRecord') ? '\n' : '';
  const text = messages.map((message) => `${message}${delimiter}`).join('');
  return destination['CompressionFormat'] === 'GZIP' ? gzipSync(text) : Buffer.from(text);
};

test('an object in S3 has one record a line, as it was published', () => {
  const object = objectOf(delivered);
  const lines = gunzipSync(object).toString('utf8').split('\n');
  expect(lines.pop()).toBe('');
  expect(lines).toEqual(delivered);
});

test('the table looks for each day where Firehose puts it', () => {
  const prefix = String(destination['Prefix']);
  const parameters = records['Parameters'] as Properties;
  const template = at(parameters['storage.location.template'], 'Fn::Join') as readonly [string, readonly unknown[]];
  const location = at(records, 'StorageDescriptor', 'Location', 'Fn::Join') as readonly [string, readonly unknown[]];
  const pattern = String(parameters['projection.dt.format']);
  expect(template[1].at(-1)).toBe(`/${prefix.replace(`!{timestamp:${pattern}}`, '${dt}')}`);
  expect(prefix.startsWith(String(location[1].at(-1)).slice(1))).toBe(true);
  expect(location[1][1]).toEqual(template[1][1]);
  expect(parameters).toMatchObject({ 'projection.enabled': 'true', 'projection.dt.type': 'date' });
  expect(records['PartitionKeys']).toMatchObject([{ Name: 'dt', Type: 'string' }]);
});

test('what failed is not among the records', () => {
  const folder = String(destination['Prefix']).split('/')[0] ?? '';
  expect(String(destination['ErrorOutputPrefix']).startsWith(folder)).toBe(false);
  expect(destination['ErrorOutputPrefix']).toContain('!{firehose:error-output-type}');
});

const samplesFolder = join(__dirname, '../../samples/tidemark.record/valid');
// A field of a version that is not released yet has no column; nor has it a name here.
const samples = readdirSync(samplesFolder)
  .filter((name) => name !== 'a-field-of-a-later-version.json')
  .map((name) => readRecord(readFileSync(join(samplesFolder, name), 'utf8')));

test('every field of every record has a column that can be read as what it is', () => {
  const columns = new Map(hiveColumnsOf(records).map(({ Name, Type }) => [Name, hiveReader(Type)]));
  const odd = [...delivered.map(readRecord), ...samples].flatMap((record) =>
    Object.entries(record)
      .filter(([field, value]) => columns.get(field.toLowerCase())?.(value) !== true)
      .map(([field]) => field),
  );
  expect([...new Set(odd)]).toEqual([]);
});

const presented = (): JsonObject => {
  const [, base64 = ''] = /^\/\* Presto View: (\S+) \*\/$/.exec(String(view['ViewOriginalText'])) ?? [];
  const read: unknown = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
  return isObject(read) ? read : {};
};

test('the view is the very SQL that is tested, with the columns that it selects, and Athena takes it for a view', () => {
  const sql = readFileSync(join(__dirname, '../../../infra/warehouse/latest-revision.sql'), 'utf8');
  const extra: readonly Pick<Column, 'name' | 'trino'>[] = [
    { name: 'dt', trino: 'varchar' },
    { name: 'earlierlives', trino: 'bigint' },
  ];
  expect(presented()).toEqual({
    originalSql: sql,
    catalog: 'awsdatacatalog',
    schema: 'tidemark',
    columns: [...recordColumns(), ...extra].map(({ name, trino }) => ({ name, type: trino })),
  });
  expect(hiveColumnsOf(view).map(({ Name }) => Name)).toEqual([
    ...hiveColumnsOf(records).map(({ Name }) => Name),
    'dt',
    'earlierlives',
  ]);
  expect(view).toMatchObject({
    TableType: 'VIRTUAL_VIEW',
    Parameters: { presto_view: 'true' },
    ViewExpandedText: '/* Presto View */',
    StorageDescriptor: { SerdeInfo: {} },
  });
});

test('records are encrypted, over TLS alone, never public, without older versions, and as old as was asked for', () => {
  const buckets = resourcesOf(template, 'AWS::S3::Bucket');
  const { Properties: bucket, DeletionPolicy } = buckets['Warehouse/Storage/Bucket/Resource']!;
  expect(DeletionPolicy).toBe('Retain');
  expect(bucket).toMatchObject({
    BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    LifecycleConfiguration: { Rules: [{ ExpirationInDays: 400, Status: 'Enabled' }] },
  });
  expect(bucket).not.toHaveProperty('VersioningConfiguration');
  expect(Object.keys(resourcesOf(template, 'AWS::S3::BucketPolicy'))).toHaveLength(Object.keys(buckets).length);
});

test('Firehose may write in its two folders, SNS may write to this stream, and neither may do more', () => {
  const statementsOf = (path: string): unknown => {
    const [policy] = resourcesOf(template, 'AWS::IAM::Role')[path]!.Properties['Policies'] as readonly Properties[];
    return at(policy, 'PolicyDocument', 'Statement');
  };
  const bucket = { 'Fn::GetAtt': [expect.stringMatching(/^WarehouseStorageBucket/), 'Arn'] };
  const folder = (name: string) => ({ 'Fn::Join': ['', [bucket, `/${name}/*`]] });
  expect(statementsOf('Warehouse/Delivery/Writer/Resource')).toMatchObject([
    { Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], Resource: bucket },
    { Action: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], Resource: [folder('failed'), folder('records')] },
    { Action: 'logs:PutLogEvents', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^WarehouseDeliveryLog/), 'Arn'] } },
  ]);
  const sending = statementsOf('Warehouse/Delivery/Sender/Resource') as readonly Properties[];
  expect(sending).toHaveLength(1);
  expect(sending[0]).toMatchObject({ Resource: { 'Fn::GetAtt': [expect.stringMatching(/^WarehouseDeliveryStream/), 'Arn'] } });
});

test('without being asked for, nothing of it is there', () => {
  const types = ['AWS::S3::Bucket', 'AWS::KinesisFirehose::DeliveryStream', 'AWS::Glue::Database', 'AWS::Glue::Table'];
  expect(types.flatMap((type) => Object.keys(resourcesOf(synthesize(), type)))).toEqual([]);
});
