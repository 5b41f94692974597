/** The known word that is meant most likely, or undefined when none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const editsMax = Math.max(2, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestEdits = editsMax + 1;
  for (const candidate of known) {
    const edits = editsBetween(word.toLowerCase(), candidate.toLowerCase());
    if (edits < bestEdits) [best, bestEdits] = [candidate, edits];
  }
  return best;
}

/** Letters to insert, drop or change to make one word of the other (Levenshtein's distance). */
function editsBetween(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...from].entries()) {
    const current = [row + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const change = (previous[column - 1] ?? 0) + (to[column - 1] === letter ? 0 : 1);
      const drop = (previous[column] ?? 0) + 1;
      const insert = (current[column - 1] ?? 0) + 1;
      current.push(Math.min(change, drop, insert));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
