import type { Environment } from '../src/config-read';

/** Where Genesys's events come from. */
export type EventBusSetting =
  /** The partner event source that Genesys has made: its name, which becomes the bus's. */
  | { readonly kind: 'partner'; readonly source: string }
  /** A bus that is there already, as where several consumers share it. */
  | { readonly kind: 'existing'; readonly name: string }
  /** A bus of this stack's own, on which nobody but you puts events: to try it out. */
  | { readonly kind: 'own' };

/** `build`: from this checkout, which takes Docker at the deploy. */
export type ImageSetting = { readonly kind: 'build' } | { readonly kind: 'given'; readonly uri: string };

export type NetworkSetting =
  | {
      readonly kind: 'new';
      /** Public subnets in which a load balancer has room: those of the ways out are too small for one. */
      readonly hasPublicDoor: boolean;
      readonly natGateways: number;
      /** Interface endpoints for every service of AWS that a task calls. */
      readonly hasEndpoints: boolean;
    }
  | {
      readonly kind: 'existing';
      readonly vpcId: string;
      readonly availabilityZones: readonly string[];
      readonly subnetIds: readonly string[];
    };

/** Ingest over HTTP, behind a load balancer. */
export interface IngestSetting {
  readonly certificateArn: string;
  readonly isPublic: boolean;
  /** IPv4 ranges of whoever may connect. */
  readonly from: readonly string[];
  /** Of the load balancer, in a network that is there; null: where the tasks are. */
  readonly subnetIds: readonly string[] | null;
  readonly leastTasks: number;
  readonly mostTasks: number;
  /** A secret with `{"bearer": […], "signing": […]}`; null: this stack makes an empty one. */
  readonly secretArn: string | null;
  readonly secretKeyArn: string | null;
  /** Where the load balancer logs each request; null: nowhere. */
  readonly logBucket: string | null;
}

/** What whoever deploys may choose. `infra/read-settings.ts` takes it from CDK's context: `-c name=value`, one for each row of `settingDefinitions`. */
export interface StackSettings {
  readonly stackName: string;
  readonly bus: EventBusSetting;
  /** What the sources of the events that are taken begin with. */
  readonly sourcePrefixes: readonly string[];
  /** `all` of the Genesys source, so that unknown types are seen and set aside; or only the types that the registry has. */
  readonly ruleMode: 'all' | 'registered';
  /** 0: no archive. */
  readonly archiveDays: number;
  /** Of a table that is there; null: this stack makes one. */
  readonly tableName: string | null;
  /** `remove` takes data along with the stack: for trials. */
  readonly onDelete: 'keep' | 'remove';
  readonly image: ImageSetting;
  readonly network: NetworkSetting;
  /** On Fargate Spot, but for the least number of tasks. */
  readonly spot: boolean;
  readonly leastTasks: number;
  readonly mostTasks: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly cpu: number;
  readonly memoryMib: number;
  /** Messages in the queue for each task, above which there are more tasks. */
  readonly backlogPerTask: number;
  /** How long the workers' log lines are kept. */
  readonly logDays: '7' | '14' | '30' | '60' | '90' | '180' | '365' | '731';
  /** Of the worker, and of ingest where that is on: any variable of docs/configuration.md that is not a place of this stack. */
  readonly environment: Environment;
  /** A secret with `{"clientId": …, "clientSecret": …}`; null: this stack makes an empty one. */
  readonly genesysSecretArn: string | null;
  /** Of a key of that secret's own; null: it has AWS's. */
  readonly genesysSecretKeyArn: string | null;
  /** Of CRM and tickets; null: the workflow's step for it is left out. */
  readonly crmUrl: string | null;
  readonly crmKeyHeader: string;
  /** Of the secret; null: the one that is current when the connection is made. */
  readonly crmKeyVersion: string | null;
  readonly ticketUrl: string | null;
  readonly ticketKeyHeader: string;
  readonly ticketKeyVersion: string | null;
  /** ARNs of queues and functions that get each record. */
  readonly subscribers: readonly string[];
  readonly warehouse: boolean;
  /** 0: for ever. */
  readonly warehouseDays: number;
  /** Null: off. */
  readonly ingest: IngestSetting | null;
  /** Topics for what wakes a person and for what can wait until the morning; null: the stack makes its own. */
  readonly wakeTopicArn: string | null;
  readonly dayTopicArn: string | null;
  /** Minutes without any event that are an alarm. */
  readonly silenceMinutes: number;
  /** Where docs/runbook.md is read from an alarm. */
  readonly runbookUrl: string;
}

/** One for each installation: those that share an account must not share metrics, or an alarm of one would speak for both. */
export const metricsNamespace = ({ stackName, environment }: StackSettings): string =>
  environment['METRICS_NAMESPACE'] ?? `Tidemark/${stackName}`;
