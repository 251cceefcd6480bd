import path from 'node:path';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { StackSettings } from './settings';

/** `<account>.dkr.ecr.<region>.amazonaws.com/<repository>`, then `:tag` or `@digest`. */
const inEcr = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?\/([a-z0-9._/-]+)[:@](.+)$/;

interface ProgramImage {
  readonly image: ContainerImage;
  readonly isInEcr: boolean;
}

/** One in ECR is known as such, so that the task may pull it; all others must be public. */
export const programImage = (scope: Construct, { image, architecture }: StackSettings): ProgramImage => {
  if (image.kind === 'build') {
    const platform = architecture === 'arm64' ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64;
    return { image: ContainerImage.fromAsset(path.join(__dirname, '..'), { platform }), isInEcr: true };
  }
  const [, account, region, china, repositoryName = '', tagOrDigest] = inEcr.exec(image.uri) ?? [];
  if (tagOrDigest === undefined) return { image: ContainerImage.fromRegistry(image.uri), isInEcr: false };
  const repositoryArn = `arn:aws${china === undefined ? '' : '-cn'}:ecr:${region}:${account}:repository/${repositoryName}`;
  const repository = Repository.fromRepositoryAttributes(scope, 'Repository', { repositoryArn, repositoryName });
  return { image: ContainerImage.fromEcrRepository(repository, tagOrDigest), isInEcr: true };
};
