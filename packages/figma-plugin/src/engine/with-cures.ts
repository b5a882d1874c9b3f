import { CutkitError } from '@cutkit/core';
import type { EngineApi } from './engine-api.js';

/** The engine, with failures whose message holds their cure: nothing else of an error crosses to the window. */
export function withCures(engine: EngineApi): EngineApi {
  const methods = Object.entries(engine).map(([name, method]) => {
    const call = async (...args: readonly unknown[]): Promise<unknown> => {
      try {
        return await (method as (...given: readonly unknown[]) => unknown)(...args);
      } catch (error) {
        throw error instanceof CutkitError ? new Error(`${error.message} ${error.hint}`) : error;
      }
    };
    return [name, call] as const;
  });
  return Object.fromEntries(methods) as unknown as EngineApi;
}
