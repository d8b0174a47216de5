/** Dashboard and alerts ask for metrics that there are, by labels that they have. */
import { parse } from 'yaml';
import { FOLLOWERS, METRICS, METRICS_OF_OTHERS } from './names.js';
import { describeRules, faulty, textOf, type Rule } from './rules.js';

interface Panel {
  id: number;
  type: string;
  title: string;
  gridPos: { h: number; w: number; x: number; y: number };
  targets?: { expr: string }[];
}

interface Alert {
  alert: string;
  expr: string;
  for?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

interface Watching {
  dashboard: {
    uid: string;
    title: string;
    schemaVersion: number;
    panels: Panel[];
    templating: { list: { name: string; type: string }[] };
  };
  alerts: Alert[];
}

const WORDS = new Set([
  'and',
  'or',
  'unless',
  'bool',
  'offset',
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
]);

/** Names of metrics in a PromQL expression: what is neither a function, a keyword nor inside of braces and brackets. */
const metricsIn = (expr: string): readonly string[] => {
  const bare = expr
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}|\[[^\]]*\]/g, ' ')
    .replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ');
  return [...bare.matchAll(/[a-zA-Z_:][\w:]*(?!\w*\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !WORDS.has(name));
};

/** A histogram is asked for by its parts. */
const familyOf = (metric: string): string =>
  metric.replace(/^(fascia_http_\w+_seconds)_(bucket|count|sum)$/, '$1');

const labelsIn = (
  expr: string,
): readonly { readonly metric: string; readonly label: string; readonly value: string }[] =>
  [...expr.matchAll(/(\w+)\{([^}]*)\}/g)].flatMap(([, metric = '', matchers = '']) =>
    [...matchers.matchAll(/(\w+)\s*=~?\s*"([^"]*)"/g)].map(([, label = '', value = '']) => ({
      metric: familyOf(metric),
      label,
      value,
    })),
  );

const exprFaults = (expr: string): readonly string[] => {
  const metrics = metricsIn(expr).map(familyOf);
  const unknown = metrics.filter(
    (metric) => METRICS[metric] === undefined && !METRICS_OF_OTHERS.includes(metric),
  );
  const ours = labelsIn(expr).filter(({ metric }) => METRICS[metric] !== undefined);
  return [
    ...faulty(metrics.length === 0, `no metric in ${expr}`),
    ...unknown.map((metric) => `${metric} is no metric`),
    ...ours.flatMap(({ metric, label }) =>
      faulty(METRICS[metric]?.includes(label) !== true, `${metric} has no label ${label}`),
    ),
    ...ours.flatMap(({ label, value }) =>
      faulty(label === 'follower' && !FOLLOWERS.includes(value), `nobody follows as ${value}`),
    ),
    ...faulty(
      [...expr].filter((char) => char === '(').length !== [...expr].filter((char) => char === ')').length,
      `brackets in ${expr}`,
    ),
  ];
};

const { groups } = parse(textOf('infra/dashboards/alerts.yaml')) as {
  groups: { name: string; rules: Alert[] }[];
};
const watching: Watching = {
  dashboard: JSON.parse(textOf('infra/dashboards/fascia.json')) as Watching['dashboard'],
  alerts: groups.flatMap(({ rules }) => rules),
};

const expressions = ({ dashboard, alerts }: Watching): readonly string[] => [
  ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...alerts.map(({ expr }) => expr),
];

const overlap = (a: Panel['gridPos'], b: Panel['gridPos']): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const first = <T>([one]: readonly T[]): T => {
  if (one === undefined) throw new Error('nothing there');
  return one;
};

const RULES: readonly Rule<Watching>[] = [
  {
    name: 'every expression asks for metrics that there are, by labels that they have',
    faults: (all) => expressions(all).flatMap(exprFaults),
    breaks: [
      (all) => {
        first(all.alerts).expr = 'max(fascia_relay_age) > 60';
      },
      (all) => {
        first(all.alerts).expr = 'max(fascia_partition_behind{topic="care"}) > 1';
      },
      (all) => {
        first(all.alerts).expr = 'max(fascia_partition_behind{follower="cares"}) > 1';
      },
      (all) => {
        first(all.alerts).expr = 'max(fascia_relay_age_seconds > 60';
      },
      (all) => {
        first(all.dashboard.panels.flatMap(({ targets = [] }) => targets)).expr =
          'sum by (status) (rate(http_requests_total[5m]))';
      },
    ],
  },
  {
    name: 'every metric of ours is shown',
    faults: ({ dashboard }) => {
      const shown = new Set(expressions({ dashboard, alerts: [] }).flatMap(metricsIn).map(familyOf));
      return Object.keys(METRICS).filter((metric) => !shown.has(metric));
    },
    breaks: [
      (all) => {
        all.dashboard.panels = all.dashboard.panels.filter(({ title }) => title !== 'Duplicates skipped');
      },
    ],
  },
  {
    name: 'the dashboard is one that Grafana takes: panels with their own id and place, one data source to choose',
    faults: ({ dashboard: { uid, title, schemaVersion, panels, templating } }) => [
      ...faulty(uid !== 'fascia' || title === '' || schemaVersion < 39, 'no dashboard of today'),
      ...faulty(new Set(panels.map(({ id }) => id)).size !== panels.length, 'two panels with one id'),
      ...panels.flatMap((panel, index) => [
        ...faulty(
          panel.title === '' || panel.gridPos.x + panel.gridPos.w > 24,
          `${panel.title} does not fit`,
        ),
        ...faulty((panel.type === 'row') !== (panel.targets === undefined), `${panel.title} asks nothing`),
        ...panels
          .slice(index + 1)
          .flatMap((other) =>
            faulty(overlap(panel.gridPos, other.gridPos), `${panel.title} lies on ${other.title}`),
          ),
      ]),
      ...faulty(
        templating.list.map(({ name, type }) => `${name} ${type}`).join() !== 'datasource datasource',
        'no data source to choose',
      ),
    ],
    breaks: [
      (all) => {
        first(all.dashboard.panels).id = 2;
      },
      (all) => {
        first(all.dashboard.panels).gridPos = { h: 8, w: 24, x: 0, y: 0 };
      },
      (all) => {
        all.dashboard.templating.list = [];
      },
    ],
  },
  {
    name: 'every alert says how bad it is, what is the case and what to do',
    faults: ({ alerts }) =>
      alerts.flatMap(({ alert, labels, annotations }) => [
        ...faulty(!['page', 'ticket', 'info'].includes(labels?.['severity'] ?? ''), `${alert}: no severity`),
        ...faulty(
          (annotations?.['summary'] ?? '').length < 20 || (annotations?.['action'] ?? '').length < 40,
          `${alert}: and now?`,
        ),
        ...faulty(!/^Fascia[A-Z]\w+$/.test(alert), `${alert}: whose?`),
      ]),
    breaks: [
      (all) => {
        delete first(all.alerts).annotations;
      },
      (all) => {
        first(all.alerts).labels = { severity: 'bad' };
      },
    ],
  },
  {
    name: 'what must not go unnoticed has its alert',
    faults: ({ alerts }) => {
      const asked = new Set(alerts.flatMap(({ expr }) => metricsIn(expr)));
      return [
        'fascia_relay_age_seconds',
        'fascia_partition_behind',
        'fascia_follower_stalled_seconds',
        'fascia_process_commands_unanswered',
        'fascia_parked_streams',
        'fascia_access_records_waiting',
        'kube_pod_status_ready',
      ].filter((metric) => !asked.has(metric));
    },
    breaks: [
      (all) => {
        all.alerts = all.alerts.slice(1);
      },
    ],
  },
];

describeRules(RULES, watching);

describe('names of metrics', () => {
  it('are found in an expression, and nothing else is', () => {
    expect(
      metricsIn(
        'histogram_quantile(0.99, sum by (le, route) (rate(a_bucket{status=~"5.."}[5m]))) > 2 and on (x) b_total',
      ),
    ).toEqual(['a_bucket', 'b_total']);
  });
});
