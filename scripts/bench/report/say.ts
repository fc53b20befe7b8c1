/** Tells whoever runs the bench how far it is. */
export type Say = (line: string) => void;
