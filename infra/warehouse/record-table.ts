import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { recordsFolder } from './record-bucket';
import { recordColumns, type Column } from './record-columns';

interface RecordTableProps {
  readonly database: string;
  readonly bucket: IBucket;
}

/** The day on which a record came to Firehose: a late revision is in its own day, not in that of its conversation. */
const day: Column = { name: 'dt', comment: 'Day on which it came first, UTC.', hive: 'string', trino: 'varchar' };
const earlierLives: Column = {
  name: 'earlierlives',
  comment: 'Lives that the conversation had before: it came back after retention, and this record has only what came since.',
  hive: 'bigint',
  trino: 'bigint',
};

/** No day before it can have records. */
const firstDay = '2026-01-01';

const hiveColumns = (columns: readonly Column[]) => columns.map(({ name, comment, hive }) => ({ name, type: hive, comment }));

/** A view as Athena keeps it in the catalogue: its SQL, and the columns that the SQL must have, in Trino's types. */
const presentedView = (sql: string, schema: string, columns: readonly Column[]): string => {
  const view = {
    originalSql: sql,
    catalog: 'awsdatacatalog',
    schema,
    columns: columns.map(({ name, trino }) => ({ name, type: trino })),
  };
  return `/* Presto View: ${Buffer.from(JSON.stringify(view)).toString('base64')} */`;
};

/** What Athena needs to know: a database, `records` as S3 has them, and the view `latest_revision` over it. Nobody runs a crawler. */
export class RecordTable extends Construct {
  constructor(scope: Construct, id: string, { database, bucket }: RecordTableProps) {
    super(scope, id);
    const columns = recordColumns();
    const { ref: databaseName } = new CfnDatabase(this, 'Database', {
      catalogId: Stack.of(this).account,
      databaseInput: { name: database, description: 'Records of Tidemark, one row for each revision that was published' },
    });
    const place = { catalogId: Stack.of(this).account, databaseName };
    new CfnTable(this, 'Records', { ...place, tableInput: this.records(columns, bucket) });
    new CfnTable(this, 'LatestRevision', { ...place, tableInput: this.latestRevision(columns, database) });
  }

  private records(columns: readonly Column[], bucket: IBucket): CfnTable.TableInputProperty {
    const location = `s3://${bucket.bucketName}/${recordsFolder}`;
    return {
      name: 'records',
      description: 'Every revision as it was published; some twice. The view latest_revision has each conversation once.',
      tableType: 'EXTERNAL_TABLE',
      parameters: {
        EXTERNAL: 'TRUE',
        classification: 'json',
        'projection.enabled': 'true',
        'projection.dt.type': 'date',
        'projection.dt.format': 'yyyy-MM-dd',
        'projection.dt.range': `${firstDay},NOW`,
        'projection.dt.interval': '1',
        'projection.dt.interval.unit': 'DAYS',
        'storage.location.template': `${location}dt=\${dt}/`,
      },
      partitionKeys: hiveColumns([day]),
      storageDescriptor: {
        columns: hiveColumns(columns),
        location,
        inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
        serdeInfo: {
          serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
          parameters: { 'case.insensitive': 'true' },
        },
      },
    };
  }

  private latestRevision(recorded: readonly Column[], database: string): CfnTable.TableInputProperty {
    const columns = [...recorded, day, earlierLives];
    const sql = readFileSync(join(__dirname, 'latest-revision.sql'), 'utf8');
    return {
      name: 'latest_revision',
      description: 'Each conversation once, as its highest revision says it.',
      tableType: 'VIRTUAL_VIEW',
      parameters: { presto_view: 'true', comment: 'Presto View' },
      viewOriginalText: presentedView(sql, database, columns),
      viewExpandedText: '/* Presto View */',
      partitionKeys: [],
      // Without a SerDe, empty as it is, Athena takes it for no view.
      storageDescriptor: { columns: hiveColumns(columns), serdeInfo: {} },
    };
  }
}
