/** Tells whoever waits what is being measured now. */
export type Say = (text: string) => void;
