/** One sample of the text format of Prometheus, version 0.0.4. */
interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Family {
  readonly name: string;
  readonly type: string;
  readonly samples: Sample[];
}

const HELP = /^# HELP ([a-zA-Z_:][\w:]*) (\S.*)$/;
const TYPE = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge)$/;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|[+-]Inf)$/;
const LABEL = /^([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/;

/**
 * Reads a page as strictly as the format is described: help, type and samples of each family in one
 * piece, each line ended, no series twice.
 * @throws Error that names the line.
 */
export function readExposition(page: string): Family[] {
  if (!page.endsWith('\n')) throw new Error('the last line has no end');
  const families: Family[] = [];
  const series = new Set<string>();
  let helped = '';
  for (const line of page.split('\n').filter((one) => one !== '')) {
    const [, help] = HELP.exec(line) ?? [];
    const [, typed, type] = TYPE.exec(line) ?? [];
    if (help !== undefined) {
      helped = help;
    } else if (typed !== undefined && type !== undefined) {
      const isTwice = families.some(({ name }) => name === typed);
      if (typed !== helped || isTwice) throw new Error(`no place for this type: ${line}`);
      families.push({ name: typed, type, samples: [] });
    } else {
      const sample = readSample(line);
      const family = families.at(-1);
      if (family?.name !== sample.name) throw new Error(`not of the family above: ${line}`);
      const key = `${sample.name} ${JSON.stringify(Object.entries(sample.labels).sort())}`;
      if (series.has(key)) throw new Error(`twice: ${line}`);
      series.add(key);
      family.samples.push(sample);
    }
  }
  return families;
}

function readSample(line: string): Sample {
  const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new Error(`no sample: ${line}`);
  return { name, labels: readLabels(labels, line), value: Number(value) };
}

function readLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== '') {
    const [all, name, value] = LABEL.exec(rest) ?? [];
    if (all === undefined || name === undefined || value === undefined || name in labels) {
      throw new Error(`labels that cannot be read: ${line}`);
    }
    labels[name] = value;
    rest = rest.slice(all.length);
  }
  return labels;
}

/** Prometheus' own advice on names, as `promtool check metrics` gives it; none when all is well. */
export function lintNames(families: readonly Family[]): string[] {
  return families.flatMap(({ name, type, samples }) => {
    const words = name.split('_');
    const complaints = [
      [type === 'counter' && !name.endsWith('_total'), 'a counter ends in _total'],
      [type !== 'counter' && name.endsWith('_total'), 'only a counter ends in _total'],
      [/_(?:count|sum|bucket)$/.test(name), 'this end is for histograms and summaries'],
      [/[A-Z]/.test(name), 'no capitals'],
      [!name.startsWith('lockerd_'), 'begins with the application'],
      [words.some((word) => NO_BASE_UNITS.has(word)), 'base units only'],
      [words.some((word) => word === 'gauge' || word === 'counter'), 'no type in the name'],
      [samples.some(({ value }) => type === 'counter' && value < 0), 'a counter is never negative'],
      [
        samples.some(({ labels }) => Object.keys(labels).some((label) => /[A-Z]/.test(label))),
        'no capitals in labels',
      ],
    ] as const;
    return complaints.filter(([isSo]) => isSo).map(([, what]) => `${name}: ${what}`);
  });
}

const NO_BASE_UNITS = new Set([
  ...['ms', 'milliseconds', 'us', 'microseconds', 'minutes', 'hours', 'days'],
  ...['kilobytes', 'megabytes', 'kb', 'mb', 'percent', 'seconds_ms'],
]);
