import { join } from 'node:path';
import { openDatabase } from '../src/store/database.ts';

/** Rows that fill a page each, so that a row written is a page written. */
const ROW_BYTES = 3_900;
const ROWS = 400;

/**
 * The bare cost of durability: commits that write so many pages and do nothing else, in a database
 * with the pragmas of the kiosk's, on the same disk.
 */
export class RawCommits {
  readonly #database;
  readonly #pages: number;
  #writes = 0;

  constructor(folder: string, pages: number) {
    this.#pages = pages;
    this.#database = openDatabase(join(folder, 'raw.db'));
    this.#database.exec('CREATE TABLE raw (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT');
    const fill = this.#database.prepare('INSERT INTO raw (id, body) VALUES (?, zeroblob(?))');
    this.#database.transaction(() => {
      for (let id = 0; id < ROWS; id += 1) fill.run(id, ROW_BYTES);
    })();
  }

  /** Milliseconds per commit over so many. */
  run(count: number): number {
    const write = this.#database.prepare('UPDATE raw SET body = ? WHERE id = ?');
    const body = new Uint8Array(ROW_BYTES);
    const commit = this.#database.transaction(() => {
      for (let page = 0; page < this.#pages; page += 1) {
        this.#writes += 1;
        // A page that does not change is not written.
        body.fill(this.#writes).set(Buffer.from(String(this.#writes)));
        write.run(body, this.#writes % ROWS);
      }
    });
    const startMs = performance.now();
    for (let done = 0; done < count; done += 1) commit.immediate();
    return (performance.now() - startMs) / count;
  }

  close(): void {
    this.#database.close();
  }
}
