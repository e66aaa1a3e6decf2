/** What became of something that the user asked for. */
export type Saying = {
  readonly tone: 'good' | 'bad' | 'plain';
  readonly happened: string;
  /** What to do about it. */
  readonly advice?: string;
};
