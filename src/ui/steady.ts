import { Component, type ComponentChild, type FunctionComponent, h } from 'preact';

/** A component that is drawn again only where `same` does not hold, for one of which there may be hundreds. */
export function steady<Props extends object>(
  Inner: FunctionComponent<Props>,
  same: (before: Props, after: Props) => boolean,
) {
  return class Steady extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      return !same(this.props, next);
    }
    override render(): ComponentChild {
      return h(Inner, this.props);
    }
  };
}

/** Whether two objects hold the same values under the same names, but for those that are left out. */
export function sameBut<T extends object>(before: T, after: T, ...leftOut: readonly (keyof T)[]): boolean {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof T>;
  return [...names].every(name => leftOut.includes(name) || Object.is(before[name], after[name]));
}
