/** The members of a parsed value, none where it is no object: files hold anything. */
export function membersOfValue(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
