import { CfnOutput, Stack, type App } from 'aws-cdk-lib';
import { variables } from '../src/config-variables';
import { moreOutputs, stackOutputs, toldGenesysVariables } from '../src/resources';
import { GenesysSecret } from './genesys-secret';
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
    const { secret } = new GenesysSecret(this, 'Genesys', settings);
    this.messaging = messaging;
    this.worker = new WorkerService(this, 'Worker', { messaging, network, genesysSecret: secret, settings });
    new Monitoring(this, 'Monitoring', { messaging, worker: this.worker, settings });
    this.tellPlaces(settings);
    this.tellMore(secret.secretArn, settings);
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
}
