import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** A secret's own key, used through Secrets Manager and for nothing else. */
export const useOfKey = (sid: string, keyArn: string, secretArn: string): PolicyStatement =>
  new PolicyStatement({
    sid,
    actions: ['kms:Decrypt'],
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:EncryptionContext:SecretARN': secretArn } },
  });
