/**
 * Stands for `ky` in the Guard's build, where each request is given its `fetch`: what nobody calls there would load
 * Node's own client as the program starts, and cost more memory than all the rest of it.
 */
export default function ky(): never {
  throw new Error('Every request of the Guard brings its own fetch');
}
