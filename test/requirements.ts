/**
 * What `test()` and `suite()` take to skip where a tool that the tests need is missing.
 *
 * @param name the tool as FOVEA_REQUIRE lists it: names between commas, of what must not be missing.
 * @throws Error if it is missing and required: a machine that promises a check does not skip it in silence.
 */
export function requirement(name: string, present: boolean): { skip: string | false } {
  if (present) return { skip: false }
  const required = (process.env.FOVEA_REQUIRE ?? '').split(',').map((each) => each.trim())
  if (required.includes(name))
    throw new Error(`expected ${name}, which FOVEA_REQUIRE lists, but it is missing`)
  return { skip: `${name} is missing (FOVEA_REQUIRE=${name} makes that a failure)` }
}
