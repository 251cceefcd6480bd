import type { Context } from '../synthesized';

/** What a deploy must be told to have the door. */
export const ingestOn: Context = {
  ingest: 'on',
  ingestCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000000',
  ingestFrom: '203.0.113.0/24,198.51.100.7/32',
};

/** The same with public addresses. */
export const publicDoor: Context = { ...ingestOn, ingestScheme: 'internet-facing' };

export const existingNetwork: Context = {
  vpcId: 'vpc-0123456789abcdef0',
  availabilityZones: 'us-east-1a,us-east-1b',
  subnetIds: 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
};
