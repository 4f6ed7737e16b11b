/** How much of a long test to run: a small version in the suite, the whole with `npm run torture`. */
export function amount({ suite, torture }: { suite: number; torture: number }): number {
  return process.env.TORTURE ? torture : suite
}
