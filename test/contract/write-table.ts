import { readFileSync, writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';
import { type Cell, DOCUMENT, promised, tableText, withTable } from './table.ts';

const HOME = '/test/contract/';

/**
 * A reporter that writes the table of docs/CONFORMANCE.md from what the run of the kit found. It
 * leaves the document alone when a part of the kit was not run.
 */
export default class WriteTable implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const cells = new Map<string, Cell>();
    for (const module of modules) {
      if (!module.moduleId.includes(HOME)) continue;
      for (const test of module.children.allTests()) note(cells, test);
    }
    const table = tableText((title, family) => {
      const isExcused = promised(title, family) === 'cannot';
      return cells.get(keyOf(title, family)) ?? (isExcused ? 'cannot' : 'pending');
    });
    if (table.includes('| ? |')) {
      this.#say('is as it was: a part of the kit was not run');
      return;
    }
    writeFileSync(DOCUMENT, withTable(readFileSync(DOCUMENT, 'utf8'), table));
    this.#say('is written');
  }

  #say(what: string): void {
    this.#vitest?.logger.log(`docs/CONFORMANCE.md ${what}`);
  }
}

/** A row holds for a family when it does in every variant. */
function note(cells: Map<string, Cell>, test: TestCase): void {
  const [row, family] = [test.parent, test.parent.type === 'suite' ? test.parent.parent : null];
  if (row.type !== 'suite' || family?.type !== 'suite') return;
  const key = keyOf(row.name, family.name);
  const { state } = test.result();
  const isWell = state === 'passed' && cells.get(key) !== 'no';
  cells.set(key, isWell ? 'yes' : state === 'failed' ? 'no' : (cells.get(key) ?? 'pending'));
}

const keyOf = (title: string, family: string): string => `${family}: ${title}`;
