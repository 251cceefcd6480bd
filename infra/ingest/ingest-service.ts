import { Aws, Duration } from 'aws-cdk-lib';
import type { ContainerDefinition, FargateService, FargateTaskDefinition, ICluster } from 'aws-cdk-lib/aws-ecs';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { HandFilledSecret } from '../hand-filled-secret';
import type { Messaging } from '../messaging';
import type { Network } from '../network';
import { outwardsOnly } from '../outwards-only';
import { letThrough, programService } from '../program-service';
import { ProgramTask } from '../program-task';
import type { IngestSetting, StackSettings } from '../settings';
import { IngestDoor } from './ingest-door';
import { ingestEnvironment, ingestPort, longestPostSeconds } from './ingest-environment';
import { ingestRightsAt, ingestStatements, type IngestPlaces } from './ingest-rights';
import { scaleOnPosts } from './ingest-scaling';

interface IngestServiceProps {
  readonly messaging: Messaging;
  readonly network: Network;
  /** The workers', which costs nothing by itself. */
  readonly cluster: ICluster;
  readonly setting: IngestSetting;
  readonly settings: StackSettings;
}

/** The door over HTTP: load balancer, task, service, secret. It writes to the queue of the workers, who know nothing of it. */
export class IngestService extends Construct {
  readonly secret: ISecret;
  readonly door: IngestDoor;
  readonly task: FargateTaskDefinition;
  readonly container: ContainerDefinition;
  readonly service: FargateService;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: IngestServiceProps) {
    super(scope, id);
    const { network, setting, settings } = props;
    this.secret = this.secretOf(setting, settings);
    const places = this.places(props);
    const { definition, container, logGroup } = this.makeTask(places, props);
    this.task = definition;
    this.container = container;
    this.logGroup = logGroup;
    this.door = new IngestDoor(this, 'Door', { network, setting, longestPostSeconds: longestPostSeconds(settings) });
    this.service = this.run(props);
    this.door.leadTo(this.service);
    letThrough(network, ingestRightsAt(places), logGroup);
    scaleOnPosts(this.service, this.door.targets, setting);
  }

  /** Until it is filled, nobody is let in. */
  private secretOf({ secretArn }: IngestSetting, settings: StackSettings): ISecret {
    const { secret } = new HandFilledSecret(this, 'Senders', {
      arn: secretArn,
      holds: 'what senders of ingest prove themselves with, {"bearer": […], "signing": […]}',
      rotation: 'Senders have to change with it, in the steps of docs/operations.md. Ingest reads a new one within a minute.',
      settings,
    });
    return secret;
  }

  private places({ messaging: { queues, windowTable } }: IngestServiceProps): IngestPlaces {
    return {
      intakeQueue: queues.intake.queueArn,
      table: windowTable.table.tableArn,
      ingestSecret: this.secret.secretArn,
    };
  }

  private makeTask(places: IngestPlaces, { messaging, setting, settings }: IngestServiceProps): ProgramTask {
    const { QUEUE_URL, TABLE_NAME } = messaging.places;
    return new ProgramTask(this, 'Task', {
      program: 'ingest',
      port: ingestPort,
      environment: ingestEnvironment(
        { QUEUE_URL, TABLE_NAME, INGEST_SECRET_ARN: this.secret.secretArn, AWS_REGION: Aws.REGION },
        settings,
      ),
      statements: ingestStatements(places, setting.secretKeyArn),
      settings,
    });
  }

  private run({ network, cluster, settings }: IngestServiceProps): FargateService {
    const description = 'Tidemark ingest: out by TLS, in from its load balancer';
    const securityGroup = outwardsOnly(this, 'Tasks', { vpc: network.vpc, description, whom: 'AWS' });
    network.endpoints?.admit(securityGroup, 'Tidemark ingest');
    return programService(this, 'Service', {
      name: `${settings.stackName}-ingest`,
      cluster,
      task: this.task,
      network,
      securityGroup,
      // Never on Spot: the load balancer would send posts to a task until it is gone.
      spotBeyond: null,
      more: { healthCheckGracePeriod: Duration.minutes(1) },
    });
  }
}
