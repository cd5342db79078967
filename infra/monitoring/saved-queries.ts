import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { recordFields } from './access-logs.ts'
import { formatUnitPrice } from './prices.ts'

/** A question, asked of logs in the console under Logs Insights, Saved queries. */
export interface SavedQuery {
  readonly name: string
  /** Of which logs: those of requests, or what the transformer writes. */
  readonly of: 'requests' | 'transformer'
  /** The commands, joined by `|`. Source: CloudWatch Logs guide, "Logs Insights QL". */
  readonly commands: readonly string[]
}

/** A field as a query names it: those of access logs have dashes and need backticks. */
function field(name: (typeof recordFields)[number]): string {
  return `\`${name}\``
}

const path = field('cs-uri-stem')
const query = field('cs-uri-query')
const result = field('x-edge-result-type')
const originSeconds = field('origin-lbl')
const status = field('sc-status')

/** What came from the cache or should have: errors and what the edge function answered itself are neither hit nor miss. */
const cacheable = `filter ${result} in ["Hit", "RefreshHit", "OriginShieldHit", "Miss"]`

/** 1 for `Hit`, `RefreshHit` and `OriginShieldHit`, else 0. */
const asHit = `fields strcontains(${result}, "Hit") as hit`

/**
 * Returns the saved queries. What a run costs follows from the transformer's memory, in megabytes.
 * Whether `cs-uri-stem` and `cs-uri-query` are as the viewer sent them or as the edge function rewrote them is not documented;
 * both name the original and what was asked of it. Numbers are texts in these logs; functions of `stats` and arithmetic read
 * them, comparisons may not.
 */
export function listSavedQueries(memoryMegabytes: number): readonly SavedQuery[] {
  const dollarsPerSecond = `${memoryMegabytes / 1024} * ${formatUnitPrice('runTime')}`
  return [
    {
      name: 'top misses',
      of: 'requests',
      commands: [
        `filter ${result} = "Miss"`,
        `stats count(*) as misses, sum(${originSeconds}) as seconds, avg(${originSeconds}) as secondsEach by ${path}, ${query}`,
        'sort misses desc',
        'limit 50',
      ],
    },
    {
      name: 'costliest originals',
      of: 'requests',
      commands: [
        `filter ${result} = "Miss" or ${result} = "Error"`,
        `stats sum(${originSeconds}) as seconds, seconds * ${dollarsPerSecond} as dollarsAtMost, count(*) as misses, max(${originSeconds}) as longest by ${path}`,
        'sort seconds desc',
        'limit 50',
      ],
    },
    {
      name: 'hit ratio by format',
      of: 'requests',
      commands: [
        cacheable,
        asHit,
        `stats 100 * avg(hit) as hitPercent, count(*) as requests, sum(${field('sc-bytes')}) as bytes by ${field('sc-content-type')}`,
        'sort requests desc',
      ],
    },
    {
      name: 'hit ratio by hour',
      of: 'requests',
      commands: [
        cacheable,
        asHit,
        'stats 100 * avg(hit) as hitPercent, count(*) as requests by bin(1h) as hour',
        'sort hour desc',
      ],
    },
    {
      name: 'answers of 5xx',
      of: 'requests',
      commands: [
        `filter ${status} like /^5/`,
        `stats count(*) as answers by ${status}, ${field('x-edge-detailed-result-type')}, ${path}`,
        'sort answers desc',
        'limit 50',
      ],
    },
    {
      name: 'refused requests',
      of: 'requests',
      commands: [
        `filter ${status} like /^4/`,
        `stats count(*) as refusals by ${status}, ${field('cs(Referer)')}, ${path}`,
        'sort refusals desc',
        'limit 50',
      ],
    },
    {
      // Signatures are in these logs, keys are not: the kid alone tells one that was retired from a store that is out of reach.
      name: 'forbidden by page and key',
      of: 'requests',
      commands: [
        `filter ${status} like /^403/`,
        `parse ${field('cs(Referer)')} /^https?:\\/\\/(?<page>[^\\/]+)/`,
        `parse ${query} /kid=(?<kid>[a-z0-9-]+)/`,
        `stats count(*) as refusals by ${result}, page, kid`,
        'sort refusals desc',
        'limit 50',
      ],
    },
    {
      name: 'failures',
      of: 'transformer',
      commands: [
        'filter level = "error" or @message like /Task timed out|Runtime exited|Runtime.ExitError/',
        'fields @timestamp, code, url, reason, @message',
        'sort @timestamp desc',
        'limit 100',
      ],
    },
    {
      name: 'memory and cold starts',
      of: 'transformer',
      commands: [
        'filter @type = "REPORT"',
        'stats count(*) as runs, count(@initDuration) as coldStarts, avg(@initDuration) as initMs, max(@maxMemoryUsed) / 1000000 as megabytesUsed, max(@memorySize) / 1000000 as megabytes by bin(1h) as hour',
        'sort hour desc',
      ],
    },
  ]
}

/** Creates the saved queries of these logs, in a folder of the console with the deployment's name. */
export function createSavedQueries(
  scope: Construct,
  folder: string,
  of: SavedQuery['of'],
  logGroup: ILogGroup,
  memoryMegabytes: number,
): void {
  for (const { name, commands } of listSavedQueries(memoryMegabytes).filter((each) => each.of === of)) {
    const id = name.replace(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase())
    // Not the CDK's own QueryDefinition, which writes `fields` before `filter` and once only.
    new CfnQueryDefinition(scope, `${id}Query`, {
      name: `${folder}/${name}`,
      queryString: commands.join('\n| '),
      logGroupNames: [logGroup.logGroupName],
    })
  }
}
