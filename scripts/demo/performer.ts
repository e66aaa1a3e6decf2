/** A browser with the extension in it, as far as the demonstration needs one. */
export type Performer = {
  /** Opens a tab at an address. */
  open(url: string): Promise<Performed>;
  /** Calls back whenever no FogBugz tab is left. */
  onTabsLeft(listener: () => void): void;
  /** Sends a command to the extension, as its own pages do. */
  command(command: object): Promise<void>;
  /** Ends the browser as a user does. */
  close(): Promise<void>;
  /** Ends it without a word. */
  kill(): Promise<void>;
  readonly ended: Promise<void>;
};

type Performed = {
  logOn(name: string, password: string): Promise<void>;
  close(): Promise<void>;
};

export type Start = () => Promise<Performer>;

export type StartOptions = {
  readonly program: string;
  readonly profile: string;
  readonly headless: boolean;
  readonly port: number;
  readonly authority: string;
};
