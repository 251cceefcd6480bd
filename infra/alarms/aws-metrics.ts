/**
 * Metrics of AWS's own that alarms and the dashboard name, each with the dimensions by which CloudWatch keeps it. From the pages on
 * metrics in AWS's guides, November 2026: no worker emits them, so no run can show that they are there.
 */
export const awsMetrics = {
  'AWS/SQS': {
    ApproximateNumberOfMessagesVisible: ['QueueName'],
    ApproximateNumberOfMessagesNotVisible: ['QueueName'],
    ApproximateAgeOfOldestMessage: ['QueueName'],
    NumberOfMessagesSent: ['QueueName'],
  },
  'AWS/Events': {
    /** Of a partner event source: what Genesys delivered. */
    Events: ['EventSourceName'],
    /** Of a rule on a bus that is not the default one. */
    MatchedEvents: ['EventBusName', 'RuleName'],
    InvocationsFailedToBeSentToDlq: ['EventBusName', 'RuleName'],
  },
  'AWS/States': {
    ExecutionsStarted: ['StateMachineArn'],
    ExecutionsSucceeded: ['StateMachineArn'],
    ExecutionsFailed: ['StateMachineArn'],
    ExecutionsTimedOut: ['StateMachineArn'],
    ExecutionsAborted: ['StateMachineArn'],
  },
  'AWS/DynamoDB': {
    ConsumedReadCapacityUnits: ['TableName'],
    ConsumedWriteCapacityUnits: ['TableName'],
  },
  'AWS/ApplicationELB': {
    RequestCount: ['LoadBalancer'],
    HTTPCode_Target_5XX_Count: ['LoadBalancer'],
    HTTPCode_ELB_5XX_Count: ['LoadBalancer'],
    /** A dimension more, the zone, has a series of its own for each. */
    HealthyHostCount: ['LoadBalancer', 'TargetGroup'],
  },
  'ECS/ContainerInsights': {
    RunningTaskCount: ['ClusterName', 'ServiceName'],
  },
  'AWS/ECS': {
    CPUUtilization: ['ClusterName', 'ServiceName'],
    MemoryUtilization: ['ClusterName', 'ServiceName'],
  },
} as const satisfies Record<string, Record<string, readonly string[]>>;

export type AwsNamespace = keyof typeof awsMetrics;
export type AwsMetricName<S extends AwsNamespace> = keyof (typeof awsMetrics)[S] & string;

type NamesOf<S extends AwsNamespace, N extends AwsMetricName<S>> = (typeof awsMetrics)[S][N] extends readonly (infer D extends
  string)[]
  ? D
  : never;

export type AwsDimensions<S extends AwsNamespace, N extends AwsMetricName<S>> = Readonly<Record<NamesOf<S, N>, string>>;
