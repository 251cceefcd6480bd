import { list, matching, oneOf, optional, wholeNumber, withDefault } from '../../src/config-kinds';
import { keyArn, secretArn } from '../arn-kinds';
import { ipv4Ranges } from './ipv4-ranges';

/** What whoever deploys may choose of ingest over HTTP. */
export const ingestSettings = {
  ingest: withDefault(
    oneOf(['on', 'off']),
    'off',
    'Takes events over HTTPS, too, from senders that can only call a URL; with `ingestCertificateArn` and `ingestFrom`. About 65 USD a month.',
  ),
  ingestCertificateArn: optional(
    matching('the ARN of a certificate of ACM', /^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/[\w-]{1,64}$/),
    'Of the name that senders call, in the region of the stack. The name is yours to point at the output `IngestDnsName`.',
  ),
  ingestScheme: withDefault(
    oneOf(['internal', 'internet-facing']),
    'internal',
    'Whether the load balancer has addresses of the network, or public ones. Another one has another `IngestDnsName`.',
  ),
  ingestFrom: optional(ipv4Ranges, 'Who may connect: the addresses of the senders. `0.0.0.0/0`: everybody who has a way there.'),
  ingestSubnetIds: optional(
    list('ids of subnets', /^subnet-[0-9a-f]{8,17}$/),
    'With `vpcId`: where the load balancer is, in two zones at least; public ones if it is `internet-facing`. Unset: in `subnetIds`.',
  ),
  ingestLeastTasks: withDefault(wholeNumber('tasks', 1, 100), 2, 'Tasks that always take posts.'),
  ingestMostTasks: withDefault(wholeNumber('tasks', 1, 100), 10, 'Tasks at most, however many posts come.'),
  ingestSecretArn: optional(
    secretArn,
    'A secret with `{"bearer": […], "signing": […]}`, what senders prove themselves with. Unset: an empty one is made, for you to fill.',
  ),
  ingestSecretKeyArn: optional(keyArn, 'Of the key of `ingestSecretArn`, where it is not the one of Secrets Manager.'),
  ingestLogBucket: optional(
    matching('the name of an S3 bucket', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
    'A bucket of yours in which load balancers may write: a line for each request, with the address of the sender. Unset: no such log.',
  ),
} as const;
