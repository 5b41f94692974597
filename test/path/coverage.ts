import { type Profiler, Session } from 'node:inspector';

/** Which source files had a function run in a stretch of the program; synchronous throughout. */
export class Stretch {
  readonly #session = new Session();
  #files: readonly string[] = [];
  #running = false;

  constructor() {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  }

  /** Forgets what ran so far. */
  begin(): void {
    this.#running = true;
    this.#take();
  }

  /** Keeps the files of src and hardware that ran since `begin`, once. */
  end(): void {
    if (!this.#running) return;
    this.#running = false;
    this.#files = this.#take().map(pathOf).filter(isOurs).sort();
  }

  get files(): readonly string[] {
    return this.#files;
  }

  #take(): Profiler.ScriptCoverage[] {
    let scripts: Profiler.ScriptCoverage[] = [];
    this.#session.post('Profiler.takePreciseCoverage', (error, taken) => {
      if (error !== null) throw error;
      scripts = taken.result;
    });
    return scripts.filter((script) => script.functions.some(ran));
  }
}

/** The function that begins with its file is the module itself. */
const ran = ({ ranges: [whole] }: Profiler.FunctionCoverage): boolean =>
  whole !== undefined && whole.startOffset > 0 && whole.count > 0;
const ROOT = new URL('../../', import.meta.url).href;
const pathOf = (script: Profiler.ScriptCoverage): string => script.url.replace(ROOT, '');
/** Logs, traces, clocks and errors are on every way; they say nothing about this one. */
const isOurs = (path: string): boolean =>
  /^(?:src|hardware)\//.test(path) && !/\/(?:log|trace|redact|clock|errors?)\.ts$/.test(path);
