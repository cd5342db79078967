/** The one of `names` that `given` was probably meant to be; undefined where none is near. */
export function findNearest(given: string, names: readonly string[]): string | undefined {
  const distances = names.map((name) => ({ name, distance: countEdits(given, name) }))
  const [nearest] = distances.sort((a, b) => a.distance - b.distance)
  return nearest && nearest.distance <= Math.max(2, given.length / 3) ? nearest.name : undefined
}

/** Letters to add, take away or replace (Levenshtein). */
function countEdits(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const line = [row]
    for (let column = 1; column <= to.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1)
      line.push(Math.min(replaced, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1))
    }
    above = line
  }
  return above[to.length] ?? 0
}
