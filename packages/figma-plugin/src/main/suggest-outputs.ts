import { OUTPUTS } from '../protocol.js';

/** What quick actions offer for “Result”. */
export function suggestOutputs({ query, result }: ParameterInputEvent): void {
  const options = ['auto', ...OUTPUTS].map((data) => ({ name: nameOf(data), data }));
  result.setSuggestions(options.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase())));
}

function nameOf(output: string): string {
  const words = output.replace('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
