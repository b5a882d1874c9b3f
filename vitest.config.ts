import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], timeout = 20_000) => ({
  test: { name, include, testTimeout: timeout, hookTimeout: timeout, environment: 'node' as const },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', [
        'packages/*/test/**/*.test.ts',
        'tests/figma-host/test/**/*.test.ts',
        'tests/repo/**/*.test.ts',
        'models/test/**/*.test.ts',
      ]),
      project('conformance', ['tests/conformance/**/*.test.ts'], 60_000),
      project('e2e', ['tests/e2e/**/*.test.ts'], 60_000),
      {
        test: {
          ...project('vscode', ['tests/vscode/**/*.test.ts'], 180_000).test,
          globalSetup: ['tests/vscode/support/global-setup.ts'],
          fileParallelism: false,
        },
      },
      project('packed', ['tests/packed/**/*.test.ts'], 180_000),
    ],
  },
});
