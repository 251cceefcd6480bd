import { CfnOutput, Stack, type App } from 'aws-cdk-lib';
import type { ICluster } from 'aws-cdk-lib/aws-ecs';
import { variables } from '../src/config-variables';
import { ingestOutputs, moreOutputs, stackOutputs, toldGenesysVariables } from '../src/resources';
import { HandFilledSecret } from './hand-filled-secret';
import { IngestService } from './ingest/ingest-service';
import { Messaging } from './messaging';
import { Monitoring } from './monitoring';
import { Network } from './network';
import type { RecordSubscription } from './record-subscription';
import type { StackSettings } from './settings';
import { Subscribers } from './subscribers';
import { Warehouse } from './warehouse/warehouse';
import { WorkerService } from './worker-service';

const description = 'Tidemark: one correct, revisioned record per Genesys Cloud conversation';

/**
 * Everything that Tidemark is in an AWS account. `Messaging` is what events pass through and rest in, and needs nothing of the others: its
 * part of the template is what the tests deploy on LocalStack.
 */
export class TidemarkStack extends Stack {
  readonly messaging: Messaging;
  readonly worker: WorkerService;
  /** Null: off. */
  readonly ingest: IngestService | null;
  /** Of the record topic, each with its dead letters. */
  readonly subscriptions: readonly RecordSubscription[];

  constructor(app: App, settings: StackSettings) {
    super(app, settings.stackName, { stackName: settings.stackName, description });
    const messaging = new Messaging(this, 'Messaging', settings);
    const { topic } = messaging.recordTopic;
    const subscribers = new Subscribers(this, 'Subscribers', { topic, settings });
    const warehouse = settings.warehouse ? [new Warehouse(this, 'Warehouse', { topic, settings })] : [];
    this.subscriptions = [...subscribers.subscriptions, ...warehouse.map(({ subscription }) => subscription)];
    const network = new Network(this, 'Network', settings.network);
    const { secret } = this.genesysSecret(settings);
    this.messaging = messaging;
    this.worker = new WorkerService(this, 'Worker', { messaging, network, genesysSecret: secret, settings });
    this.ingest = this.ingestOf(network, settings);
    new Monitoring(this, 'Monitoring', { parts: this, settings });
    this.tellPlaces(settings);
    this.tellMore(secret.secretArn, settings);
    if (this.ingest) this.tellOfIngest(this.ingest);
  }

  private ingestOf(network: Network, settings: StackSettings): IngestService | null {
    const { messaging, worker } = this;
    const { ingest: setting } = settings;
    if (setting === null) return null;
    return new IngestService(this, 'Ingest', {
      messaging,
      network,
      cluster: worker.cluster as ICluster,
      setting,
      settings,
    });
  }

  /** Until it is filled, the workers admit and windows wait; their log names the secret. */
  private genesysSecret(settings: StackSettings): HandFilledSecret {
    return new HandFilledSecret(this, 'Genesys', {
      arn: settings.genesysSecretArn,
      holds: 'the OAuth client at Genesys Cloud, {"clientId": …, "clientSecret": …}',
      rotation:
        'Genesys Cloud makes the secret of an OAuth client, on its own page; nothing in AWS can rotate it. The workers read a new one within a minute.',
      settings,
    });
  }

  private tell(name: string, value: string): void {
    new CfnOutput(this, name, { value });
  }

  /** What those who work by hand read with `--stack`. */
  private tellPlaces({ environment }: StackSettings): void {
    const told: Readonly<Record<keyof typeof stackOutputs, string>> = {
      ...this.messaging.places,
      RETENTION_DAYS: environment['RETENTION_DAYS'] ?? String(variables.RETENTION_DAYS.default),
    };
    for (const [name, output] of Object.entries(stackOutputs)) this.tell(output, told[name as keyof typeof stackOutputs]);
  }

  private tellMore(genesysSecretArn: string, { environment }: StackSettings): void {
    const { messaging, worker } = this;
    const told: Readonly<Record<keyof typeof moreOutputs, string>> = {
      eventBusName: messaging.feed.bus.eventBusName,
      ruleName: messaging.feed.ruleNames[0] ?? '',
      genesysSecretArn,
      workerRoleArn: worker.task.taskRole.roleArn,
      clusterName: worker.cluster.clusterName,
      serviceName: worker.service.serviceName,
      logGroupName: worker.logGroup.logGroupName,
      genesysSettings: JSON.stringify(Object.fromEntries(toldGenesysVariables.map((name) => [name, environment[name]]))),
    };
    for (const [name, output] of Object.entries(moreOutputs)) this.tell(output, told[name as keyof typeof moreOutputs]);
  }

  private tellOfIngest({ door, secret, service, logGroup }: IngestService): void {
    const told: Readonly<Record<keyof typeof ingestOutputs, string>> = {
      dnsName: door.loadBalancer.loadBalancerDnsName,
      secretArn: secret.secretArn,
      serviceName: service.serviceName,
      logGroupName: logGroup.logGroupName,
    };
    for (const [name, output] of Object.entries(ingestOutputs)) this.tell(output, told[name as keyof typeof ingestOutputs]);
  }
}
