import { Aws, Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import {
  AwsLogDriverMode,
  Capability,
  CpuArchitecture,
  FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  OperatingSystemFamily,
  type ContainerDefinition,
  type ContainerImage,
} from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Environment } from '../src/config-read';
import { acknowledge } from './nag';
import type { StackSettings } from './settings';
import { programImage } from './program-image';

interface ProgramTaskProps {
  /** What the container runs, and is called. */
  readonly program: 'worker' | 'ingest';
  /** That it listens on, for others; null: nobody calls it. */
  readonly port: number | null;
  readonly environment: Environment;
  readonly statements: readonly PolicyStatement[];
  readonly settings: StackSettings;
}

/** Fargate kills after 120 s at most. Longer than the program's own grace, so that it is the program that ends its work. */
const stopTimeout = Duration.seconds(110);

const retention: Readonly<Record<StackSettings['logDays'], RetentionDays>> = {
  7: RetentionDays.ONE_WEEK,
  14: RetentionDays.TWO_WEEKS,
  30: RetentionDays.ONE_MONTH,
  60: RetentionDays.TWO_MONTHS,
  90: RetentionDays.THREE_MONTHS,
  180: RetentionDays.SIX_MONTHS,
  365: RetentionDays.ONE_YEAR,
  731: RetentionDays.TWO_YEARS,
};

/** What one worker is, or one task of ingest: its role, its container, where its lines go. */
export class ProgramTask extends Construct {
  readonly definition: FargateTaskDefinition;
  readonly container: ContainerDefinition;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: ProgramTaskProps) {
    super(scope, id);
    const { program, settings } = props;
    const { stackName, cpu, memoryMib, architecture, logDays, onDelete } = settings;
    this.logGroup = new LogGroup(this, 'Log', {
      retention: retention[logDays],
      removalPolicy: onDelete === 'keep' ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    this.definition = new FargateTaskDefinition(this, 'Definition', {
      family: `${stackName}-${program}`,
      cpu,
      memoryLimitMiB: memoryMib,
      runtimePlatform: {
        operatingSystemFamily: OperatingSystemFamily.LINUX,
        cpuArchitecture: architecture === 'arm64' ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64,
      },
      taskRole: this.role(props),
    });
    const { image, isInEcr } = programImage(this, settings);
    this.container = this.addContainer(image, props);
    acknowledge(this.definition, {
      'AwsSolutions-ECS2':
        'What is told by variables is places and settings. The one secret is read by the program itself, by its ARN.',
    });
    if (isInEcr)
      acknowledge(this.definition.obtainExecutionRole(), {
        'AwsSolutions-IAM5[Resource::*]': 'ecr:GetAuthorizationToken knows no resource.',
      });
  }

  /** For tasks of this account and region alone: whoever else could have ECS act for them may not have this role. */
  private role({ program, statements }: ProgramTaskProps): Role {
    const role = new Role(this, 'Role', {
      description: `Tidemark ${program}`,
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:ecs:${Aws.REGION}:${Aws.ACCOUNT_ID}:*` },
        },
      }),
    });
    for (const statement of statements) role.addToPolicy(statement);
    return role;
  }

  private addContainer(image: ContainerImage, { program, port, environment }: ProgramTaskProps): ContainerDefinition {
    const linuxParameters = new LinuxParameters(this, 'Linux');
    linuxParameters.dropCapabilities(Capability.ALL);
    return this.definition.addContainer(program, {
      image,
      // Which the image does by itself.
      ...(program === 'worker' ? {} : { command: [program] }),
      ...(port === null ? {} : { portMappings: [{ containerPort: port }] }),
      environment: { ...(environment as Readonly<Record<string, string>>) },
      // `node` of the image. By number: who reads this template cannot look into the image.
      user: '1000:1000',
      // The program writes no file. That also rules out `ecs execute-command`, whose agent writes: a task shows all it knows by its
      // log, its metrics and the commands of docs/runbook.md, which run anywhere.
      readonlyRootFilesystem: true,
      linuxParameters,
      stopTimeout,
      // As the image has it, which does not count on ECS. Each is a process of its own: three times as often would cost some percent of
      // a small task, and what a stuck one holds is taken over by others meanwhile.
      healthCheck: {
        command: ['CMD', 'node', 'dist/health-check.js'],
        interval: Duration.seconds(30),
        timeout: Duration.seconds(5),
        retries: 3,
        startPeriod: Duration.seconds(60),
      },
      // Node waits for its standard output: a log service that stalls would stop heartbeats, and with them the work. Beyond the
      // buffer, some minutes of lines and metrics, what comes is lost instead.
      logging: LogDrivers.awsLogs({
        logGroup: this.logGroup,
        streamPrefix: program,
        mode: AwsLogDriverMode.NON_BLOCKING,
        maxBufferSize: Size.mebibytes(25),
      }),
    });
  }
}
