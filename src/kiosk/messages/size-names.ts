/** Words for the usual sizes; others keep the name that the config gives them. */
export function sizeNames(small: string, medium: string, large: string) {
  const words: Readonly<Record<string, string>> = {
    S: small,
    M: medium,
    L: large,
    SMALL: small,
    MEDIUM: medium,
    LARGE: large,
  };
  return (name: string): string => words[name] ?? name.toLowerCase();
}
