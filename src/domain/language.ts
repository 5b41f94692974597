/** What people are spoken to in; the first one where nobody has chosen. */
export const LANGUAGES = ['en', 'es', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];
