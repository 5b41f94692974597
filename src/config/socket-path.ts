/** Where the API's socket of a role lies: in a folder of its own, which can have its own group. */
export const socketPath = (folder: string, role: 'panel' | 'ro' | 'ctl'): string =>
  `${folder}/${role}/${role}.sock`;
