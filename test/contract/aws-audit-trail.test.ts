import { dynamoAuditTrail } from '../../src/aws/audit-trail';
import { auditTrailContract } from './audit-trail.contract';
import { emptiedTable } from './emptied-table';

const emptied = emptiedTable();

auditTrailContract('DynamoDB', async () => dynamoAuditTrail(await emptied()));
